/**
 * A whole story, taken from a lighthouse and believed only as far as it proves itself: the genesis gives
 * the story's id, each block follows the one before, each paragraph stands under its block's root. Work,
 * signatures and states are for whoever replays the export; everything for that is in it.
 *
 * @module
 */
import { type Block, decodeBlock } from "../kernel/block.ts";
import { bodyLeaves, paragraphProof, verifyLeafProof } from "../kernel/body.ts";
import { bytesFromHex, hexFromBytes } from "../kernel/bytes.ts";
import { CodedError, isCoded } from "../kernel/errors.ts";
import { decodeGenesis, storyIdOf } from "../kernel/genesis.ts";
import { blockIdOf } from "../kernel/header.ts";
import { callBatch, callLighthouse, type Lighthouse } from "./rpc-client.ts";
import type { StoryHead, StoryParagraph } from "./story-text.ts";

/** A paragraph with the proof that its header commits to it (HDR-3). */
export interface ExportedParagraph extends StoryParagraph {
  readonly timestampMs: number;
  readonly writer: "human" | "builtin" | "model" | null;
  readonly proof: {
    readonly leaf: string;
    readonly path: readonly string[];
    readonly leafCount: number;
    readonly bodyRoot: string;
  };
}

/** The export; bytes are hex. */
export interface StoryExport extends StoryHead {
  readonly format: "fabula-story/1";
  readonly genesis: string;
  readonly height: number;
  /** Id of the last block. */
  readonly tip: string;
  /** Every block of the canon, header ‖ body, each followed by its child. */
  readonly blocks: readonly string[];
  readonly paragraphs: readonly ExportedParagraph[];
}

/** Heights asked in one batch: a batch counts as that many calls. */
const BATCH = 20;
/** The canon may change while it is read; then it is read again. */
const ATTEMPTS = 3;

/** The paragraph of a key block; throws `export-broken` when it is not the one its header commits to. */
function exportedParagraph({ header, body }: Block): ExportedParagraph {
  const proof = paragraphProof(body);
  const leaf = bodyLeaves(body)[0] ?? new Uint8Array();
  const block = blockIdOf(header);
  if (!verifyLeafProof(leaf, 0, proof, header.bodyRoot)) {
    throw new CodedError("export-broken", { block, reason: "body" });
  }
  const slot = body.paragraph;
  const paragraph = slot.kind === "text" ? slot.paragraph : null;
  return {
    height: header.height,
    block,
    author: hexFromBytes(header.author),
    timestampMs: header.timestampMs,
    chapter: paragraph?.chapter ?? null,
    text: paragraph?.text ?? "",
    withheld: paragraph === null,
    writer: paragraph?.provenance.writer ?? null,
    proof: {
      leaf: hexFromBytes(leaf),
      path: proof.path.map(hexFromBytes),
      leafCount: proof.count,
      bodyRoot: hexFromBytes(header.bodyRoot),
    },
  };
}

/** Throws `export-moved` when a block does not follow the one before: the canon has changed meanwhile. */
function checkFollows(parent: string, { header }: Block): void {
  if (hexFromBytes(header.parent) === parent) return;
  throw new CodedError("export-moved", { height: header.height });
}

async function exportOnce(
  lighthouse: Lighthouse,
  progress: (done: number, total: number) => void,
): Promise<StoryExport> {
  const { encoded } = await callLighthouse(lighthouse, "get_genesis");
  const genesis = decodeGenesis(bytesFromHex(encoded));
  const story = storyIdOf(genesis);
  const { height } = await callLighthouse(lighthouse, "get_tip");
  const blocks: string[] = [];
  const paragraphs: ExportedParagraph[] = [];
  let tip: string = story;
  for (let first = 1; first <= height; first += BATCH) {
    const count = Math.min(BATCH, height - first + 1);
    const heights = Array.from({ length: count }, (_, index) => ({ height: first + index }));
    const rounds = await callBatch(lighthouse, "get_round_blocks", heights);
    for (const hex of rounds.flatMap((round) => round.blocks)) {
      const block = decodeBlock(bytesFromHex(hex));
      checkFollows(tip, block);
      tip = blockIdOf(block.header);
      blocks.push(hex);
      if (block.header.kind === "key") paragraphs.push(exportedParagraph(block));
    }
    progress(first + count - 1, height);
  }
  if (paragraphs.length !== height) throw new CodedError("export-moved", { height });
  const { title, premise } = genesis;
  return {
    format: "fabula-story/1",
    story,
    title,
    premise,
    genesis: encoded,
    height,
    tip,
    blocks,
    paragraphs,
  };
}

/**
 * Reads the whole canon. Rejects with `export-broken` {block, reason} when a paragraph is not its block's,
 * `export-moved` {height} when the canon changed each time it was read, the kernel's codes for bytes that
 * are no blocks, and the lighthouse's.
 */
export async function exportStory(
  lighthouse: Lighthouse,
  progress: (done: number, total: number) => void,
): Promise<StoryExport> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await exportOnce(lighthouse, progress);
    } catch (error) {
      if (!isCoded(error, "export-moved") || attempt === ATTEMPTS) throw error;
    }
  }
}
