/**
 * Tables of a report: words to the left, figures to the right, long ones folded.
 *
 * @module
 */
import { type Fragment, html, type Markup } from "./markup.ts";

/** A column; `isText` for words. */
export interface Column {
  readonly name: string;
  readonly isText?: boolean;
}

/** Rows that are shown at once. */
const ROWS_SHOWN = 24;

function cell(column: Column | undefined, value: Fragment): Markup {
  return column?.isText === true ? html`<td class="text">${value}</td>` : html`<td>${value}</td>`;
}

function rowsOf(columns: readonly Column[], rows: readonly (readonly Fragment[])[]): Markup {
  const head = columns.map((column) =>
    column.isText === true
      ? html`<th scope="col" class="text">${column.name}</th>`
      : html`<th scope="col">${column.name}</th>`,
  );
  const body = rows.map(
    (row) => html`<tr>${row.map((value, index) => cell(columns[index], value))}</tr>
`,
  );
  return html`<div class="scroll" role="region" aria-label="Table" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** A table; what is beyond 24 rows can be unfolded. */
export function table(columns: readonly Column[], rows: readonly (readonly Fragment[])[]): Markup {
  const first = rowsOf(columns, rows.slice(0, ROWS_SHOWN));
  if (rows.length <= ROWS_SHOWN) return first;
  const others = rows.slice(ROWS_SHOWN);
  return html`${first}<details><summary>${others.length} more</summary>${rowsOf(columns, others)}</details>`;
}

/** Two columns: what, and how much. */
export function facts(rows: readonly (readonly [string, Fragment])[]): Markup {
  return html`<table class="facts"><tbody>${rows.map(
    ([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>
`,
  )}</tbody></table>`;
}
