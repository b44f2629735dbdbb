/**
 * What is wrong with a configuration, each with its line.
 *
 * @module
 */
import type { LineCounter } from "yaml";
import { SCENARIO_PROBLEMS_MAX } from "./limits.ts";

/** `error`: there is no scenario; `warning`: there is one, and it may not be what was meant. */
export type Severity = "error" | "warning";

/** One thing that is wrong. */
export interface Problem {
  readonly severity: Severity;
  /** Stable and kebab-case. */
  readonly code: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Where in the configuration, such as `agents.user_agents[0].attributes.hashrate`; empty for the whole. */
  readonly path: string;
  /** A sentence for people: what is wrong, and what would be right. */
  readonly message: string;
}

/** Ends the reading of a text in which so much is wrong that nobody reads it all. */
export class TooManyProblems extends Error {}

/** Collects problems by their offset in the text. */
export interface Problems {
  /** Throws `TooManyProblems` at the last error that is listed: aliases multiply a short text's mistakes. */
  error(code: string, at: number, path: string, message: string): void;
  /** An error if the configuration is read strictly. */
  warn(code: string, at: number, path: string, message: string): void;
  hasErrors(): boolean;
  /** True when something was said about exactly this path. */
  has(path: string): boolean;
  /** By line and column; at most `SCENARIO_PROBLEMS_MAX`, warnings where errors leave room. */
  list(): readonly Problem[];
}

/** An empty collection for one text. */
export function createProblems(lines: LineCounter, strict: boolean): Problems {
  const found: Problem[] = [];
  let errors = 0;

  function add(severity: Severity, code: string, at: number, path: string, message: string): void {
    if (severity === "error") errors += 1;
    const { line, col } = lines.linePos(at);
    found.push({
      severity,
      code,
      line: Math.max(1, line),
      column: Math.max(1, col),
      path,
      message,
    });
    if (errors >= SCENARIO_PROBLEMS_MAX) throw new TooManyProblems();
  }

  return {
    error: (code, at, path, message) => add("error", code, at, path, message),
    warn: (code, at, path, message) => add(strict ? "error" : "warning", code, at, path, message),
    hasErrors: () => errors > 0,
    has: (path) => found.some((problem) => problem.path === path),
    list: () =>
      found
        .toSorted((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"))
        .slice(0, SCENARIO_PROBLEMS_MAX)
        .sort((a, b) => a.line - b.line || a.column - b.column),
  };
}
