/**
 * Numbers of unknown count in bounded memory: when the room is full, every other one is dropped and from
 * then on only every second newcomer is kept, so that what stays is spread evenly over the run.
 *
 * @module
 */

/** An evenly thinned sample. */
export interface Samples {
  add(value: number): void;
  /** What is kept, in the order in which it came. */
  values(): Float64Array;
}

/** Keeps at most `max` numbers. */
export function createSamples(max: number): Samples {
  const kept = new Float64Array(max);
  let size = 0;
  let stride = 1;
  let seen = 0;
  return {
    add(value) {
      if (seen++ % stride !== 0) return;
      if (size === max) {
        for (let index = 0; 2 * index < size; index++) kept[index] = kept[2 * index] ?? 0;
        size = Math.ceil(size / 2);
        stride *= 2;
        if ((seen - 1) % stride !== 0) return;
      }
      kept[size++] = value;
    },
    values: () => kept.slice(0, size),
  };
}

/** Rows of a time series, thinned in the same way: all columns together. */
export interface SeriesRows {
  add(row: readonly number[]): void;
  column(index: number): Float64Array;
  /** After how many more rows the next one is kept, from 1; those before it count as added. */
  skipToKept(): number;
}

/** Keeps at most `max` rows of `columns` numbers. */
export function createSeriesRows(columns: number, max: number): SeriesRows {
  let rows: (readonly number[])[] = [];
  let stride = 1;
  let seen = 0;
  return {
    skipToKept() {
      const rest = (seen - 1) % stride;
      seen += stride - rest - 1;
      return stride - rest;
    },
    add(row) {
      if (row.length !== columns || seen++ % stride !== 0) return;
      rows.push(row);
      if (rows.length < max) return;
      rows = rows.filter((_, index) => index % 2 === 0);
      stride *= 2;
    },
    column: (index) => Float64Array.from(rows, (row) => row[index] ?? 0),
  };
}
