/**
 * The page that a report stands on: no script, no other file.
 *
 * @module
 */
import { type Fragment, html, Markup } from "./markup.ts";
import { REPORT_STYLE } from "./report-style.ts";

/** The head of a report: what it is of, and a row of facts. */
export function pageHeader(
  name: string,
  description: string,
  rows: readonly (readonly [string, Fragment])[],
): Markup {
  return html`<header><p class="kicker">Fabula lab</p><h1>${name}</h1>${
    description === "" ? null : html`<p class="lead">${description}</p>`
  }<dl class="run">${rows.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl></header>`;
}

/** The scenario as it was written. */
export function yamlSection(yaml: string): Markup {
  return html`<section class="whole"><h2>Scenario</h2><pre role="region" aria-label="Scenario as YAML" tabindex="0">${yaml}</pre></section>`;
}

/** The whole document. */
export function page(title: string, content: readonly Fragment[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title} – Fabula lab</title>
<style>${new Markup(REPORT_STYLE)}</style>
</head>
<body>
<main>
${content.map(
  (part) => html`${part}
`,
)}</main>
</body>
</html>
`.text;
}
