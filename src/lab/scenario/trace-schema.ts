/**
 * Readers of what happened elsewhere: a trace of real finds, and the targets that it began with.
 *
 * @module
 */
import { targetFromCompact } from "../../kernel/target.ts";
import { agentId } from "./agent-schema.ts";
import { DURATION_MAX_MS } from "./limits.ts";
import { type Located, quoted, type Reader, wrongType } from "./reader.ts";
import { duration } from "./scalar-readers.ts";

/** One of `lab.trace`. */
export interface TraceEntry {
  /** Time since the find before, in ms. */
  readonly after: Located<number>;
  readonly agent: Located<string>;
}

const after = duration("s", { min: 0, max: DURATION_MAX_MS });
const agent = agentId();

/** Reads a pair such as `[61.2, anna]`. */
export const traceEntryReader: Reader<TraceEntry> = {
  type: "pairs [time since the find before, agent]",
  read(tree, place) {
    const [first, second, third] = tree.kind === "list" ? tree.items : [];
    if (first === undefined || second === undefined || third !== undefined) {
      return wrongType(tree, place, "a time and an agent, such as [61.2, anna]");
    }
    const waited = after.read(first, place);
    const finder = agent.read(second, place);
    if (waited === undefined || finder === undefined) return undefined;
    return {
      after: { value: waited, at: first.at },
      agent: { value: finder, at: second.at },
    };
  },
};

/** Reads a compact target as the number that headers state. */
export const compactTargetReader: Reader<number> = {
  type: "compact target: 8 hexadecimal digits",
  read(tree, place) {
    if (tree.kind !== "text") return wrongType(tree, place, "a compact target such as 1f0fffff");
    const written = tree.text.trim();
    const compact = /^[0-9a-f]{8}$/i.test(written) ? Number.parseInt(written, 16) : -1;
    try {
      targetFromCompact(compact);
      return compact;
    } catch {
      const message = `Here must be a compact target such as 1f0fffff; ${quoted(written)} is not.`;
      place.problems.error("bad-target", tree.at, place.path, message);
      return undefined;
    }
  },
};
