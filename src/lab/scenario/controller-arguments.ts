/**
 * The block controller's command line: `--interval 120`, in one text, in two, or with `=`.
 *
 * @module
 */
import { PACE_MAX_MS, PACE_MIN_MS } from "../../kernel/limits.ts";
import { type Located, type Place, quoted, record, type Section } from "./reader.ts";
import { decimal, duration, integer } from "./scalar-readers.ts";
import type { Tree } from "./yaml-tree.ts";

/** What the controller was told; absent where it was not. */
export interface ControllerArguments {
  readonly "--interval"?: number;
  readonly "--solo-miner-threshold"?: number;
  readonly "--blocks"?: number;
}

const reader = record<ControllerArguments>({
  "--interval": {
    reader: duration("s", { min: PACE_MIN_MS, max: PACE_MAX_MS }),
    text: "Time between two blocks.",
  },
  "--solo-miner-threshold": {
    reader: decimal({ min: 0, max: 100 }, "per cent"),
    text: "Miners below it pay as users do.",
  },
  "--blocks": {
    reader: integer({ min: 1, max: 1_000 }, "blocks"),
    text: "Blocks in each interval.",
  },
});

/** Reads `written`; problems carry the line of their argument. */
export function readControllerArguments(
  written: readonly Located<string>[],
  place: Place,
): Section<ControllerArguments> {
  const words = written.flatMap(({ value, at }) =>
    value
      .split(/[\s=]+/)
      .filter((word) => word !== "")
      .map((word) => ({ word, at })),
  );
  const entries = new Map<string, { readonly at: number; readonly value: Tree }>();
  for (let index = 0; index < words.length; index += 1) {
    const name = words[index];
    if (name === undefined) break;
    if (!name.word.startsWith("--")) {
      const message = `${quoted(name.word)} belongs to no argument; arguments begin with "--".`;
      place.problems.error("bad-argument", name.at, place.path, message);
      continue;
    }
    const value = words[index + 1];
    if (value === undefined || value.word.startsWith("--")) {
      const message = `${quoted(name.word)} needs a value, such as "--interval 120".`;
      place.problems.error("bad-argument", name.at, place.path, message);
      continue;
    }
    index += 1;
    if (entries.has(name.word)) {
      const message = `${quoted(name.word)} is already given.`;
      place.problems.error("duplicate-key", name.at, place.path, message);
      continue;
    }
    const tree: Tree = { kind: "text", at: value.at, text: value.word, isAbsent: false };
    entries.set(name.word, { at: name.at, value: tree });
  }
  const read = reader.read({ kind: "mapping", at: written[0]?.at ?? 0, entries }, place) ?? {};
  const blocks = read["--blocks"];
  if (blocks !== undefined && blocks.value !== 1) {
    const message = `The controller makes one block in each interval, not ${String(blocks.value)}. The length of a run is lab.blocks.`;
    place.problems.warn("ignored-key", blocks.at, `${place.path}.--blocks`, message);
  }
  return read;
}
