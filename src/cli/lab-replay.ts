/**
 * `lab replay`: a stretch of an exported story as a scenario of its real solve times and authors.
 *
 * @module
 */
import * as z from "zod/mini";
import { bytesFromHex, hexFromBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import { decodeGenesis } from "../kernel/genesis.ts";
import { decodeHeader, HEADER_BYTES, type Header } from "../kernel/header.ts";
import { targetFromCompact, workOfTarget } from "../kernel/target.ts";
import { traceScenario } from "../lab/live/trace-scenario.ts";
import type { TracedBlock } from "../lab/live/trace-start.ts";
import { inputName, readInput } from "./lab-files.ts";
import { type Output, printable } from "./output.ts";

/** Options of `lab replay`. */
export interface LabReplayOptions {
  readonly last: number;
}

const storyExport = z.object({
  format: z.literal("fabula-story/1"),
  story: z.string(),
  genesis: z.string(),
  blocks: z.array(z.string()),
});

/** So many digits of an address tell authors apart. */
const NAME_DIGITS = 8;

/** Rejects with `bad-export` {path, field}. */
async function readExport(path: string): Promise<z.infer<typeof storyExport>> {
  const text = await readInput(path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new CodedError("bad-export", { path: inputName(path), field: "" }, { cause });
  }
  const read = storyExport.safeParse(json);
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path.join(".") ?? "";
  throw new CodedError("bad-export", { path: inputName(path), field });
}

function tracedBlock(header: Header, before: Header | null, createdMs: number): TracedBlock {
  return {
    height: header.height,
    author: hexFromBytes(header.author),
    after: before === null ? "" : hexFromBytes(before.author),
    solveMs: Math.max(0, header.timestampMs - (before?.timestampMs ?? createdMs)),
    work: Number(workOfTarget(targetFromCompact(header.target))),
    target: header.target,
  };
}

/**
 * Prints the scenario. Rejects with `bad-export` {path, field}, the kernel's codes for bytes that are no
 * genesis or header, and as `readInput` and `traceScenario`.
 */
export async function labReplay(
  path: string,
  { last }: LabReplayOptions,
  output: Output,
): Promise<void> {
  const exported = await readExport(path);
  const { title, paceMs, initialTarget, maxTarget, createdMs } = decodeGenesis(
    bytesFromHex(exported.genesis),
  );
  const headers = exported.blocks
    .map((hex) => decodeHeader(bytesFromHex(hex.slice(0, 2 * HEADER_BYTES))))
    .filter(({ kind }) => kind === "key");
  const blocks = headers.map((header, index) =>
    tracedBlock(header, headers[index - 1] ?? null, createdMs),
  );
  const { yaml } = traceScenario({
    title,
    story: exported.story,
    paceMs,
    initialTarget,
    maxTarget,
    blocks: blocks.slice(-last),
    nameOf: (author) => author.slice(0, NAME_DIGITS),
  });
  output.result(printable(yaml.trimEnd()));
}
