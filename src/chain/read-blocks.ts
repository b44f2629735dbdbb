/**
 * Reading bodies back (STO-4): a body from disk is believed only if it matches its header's bodyRoot.
 * What is damaged or missing is reported and left out, so that the peer can fetch it again.
 *
 * @module
 */

import type { Block } from "../kernel/block.ts";
import type { Body } from "../kernel/body.ts";
import { bodyRootOf, decodeBody, encodeBody } from "../kernel/body.ts";
import type { BlockId } from "../kernel/brand.ts";
import { equalBytes } from "../kernel/bytes.ts";
import { CodedError, isCoded } from "../kernel/errors.ts";
import type { Header } from "../kernel/header.ts";
import { blockIdOf } from "../kernel/header.ts";
import type { Paragraph } from "../kernel/paragraph.ts";
import { RefusalCode } from "../ledger/codes.ts";
import type { ChainParts } from "./connect.ts";
import type { HeaderEntry } from "./header-entry.ts";
import type { ChainFault } from "./outcome.ts";

/** A paragraph of the canon with its place. `missing`: its body is damaged or lost and must be fetched again. */
export interface CanonParagraph {
  readonly entry: HeaderEntry;
  readonly state: "text" | "withheld" | "missing";
  /** `null` unless `state` is `text`. */
  readonly paragraph: Paragraph | null;
}

/** Where damage met while reading is reported. */
export type OnFault = (fault: ChainFault) => void;

/** Blocks in the order asked; `undefined` for the genesis, unknown ids, and bodies that were not believed. */
export async function readBlocks(
  parts: Pick<ChainParts, "tree" | "store">,
  ids: readonly BlockId[],
  onFault: OnFault,
): Promise<readonly (Block | undefined)[]> {
  const entries = ids.map((id) => parts.tree.entry(id));
  const stored = await parts.store.bodies(ids);
  return entries.map((entry, index) => {
    const header = entry?.header ?? null;
    if (entry === undefined || header === null) return undefined;
    const report = (code: "body-missing" | "body-corrupted", reason: string): undefined => {
      onFault({ code, id: entry.id, height: entry.height, reason });
    };
    const bytes = stored[index];
    if (bytes === undefined) return report("body-missing", "body-missing");
    try {
      return { header, body: checkedBody(header, bytes) };
    } catch (error) {
      if (!isCoded(error)) throw error;
      return report("body-corrupted", error.code);
    }
  });
}

function checkedBody(header: Header, bytes: Uint8Array): Body {
  const body = decodeBody(bytes, header.kind);
  if (!equalBytes(bodyRootOf(body), header.bodyRoot)) {
    throw new CodedError(RefusalCode.badBodyRoot, {});
  }
  return body;
}

/** Up to `limit` paragraphs of the canon from a height on, in order; a damaged one has the state `missing`. */
export async function readParagraphs(
  parts: Pick<ChainParts, "tree" | "store">,
  fromHeight: number,
  limit: number,
  onFault: OnFault,
): Promise<readonly CanonParagraph[]> {
  const first = Math.max(1, fromHeight);
  const entries: HeaderEntry[] = [];
  for (let height = first; height < first + limit; height++) {
    const entry = parts.tree.canonAt(height);
    if (entry === undefined) break;
    entries.push(entry);
  }
  const ids = entries.map((entry) => entry.id);
  const blocks = await readBlocks(parts, ids, onFault);
  return entries.map((entry, index) => {
    const slot = blocks[index]?.body.paragraph;
    if (slot?.kind === "text") return { entry, state: "text", paragraph: slot.paragraph };
    return { entry, state: slot?.kind === "withheld" ? "withheld" : "missing", paragraph: null };
  });
}

/** Puts back a body that was fetched again; throws `unknown-block` or `bad-body-root`, and changes nothing then. */
export async function replaceBody(
  parts: Pick<ChainParts, "tree" | "store">,
  block: Block,
): Promise<void> {
  const id = blockIdOf(block.header);
  const header = parts.tree.entry(id)?.header ?? null;
  if (header === null) throw new CodedError("unknown-block", { id });
  if (!equalBytes(bodyRootOf(block.body), header.bodyRoot)) {
    throw new CodedError(RefusalCode.badBodyRoot, { id });
  }
  await parts.store.replaceBody(id, encodeBody(block.body, header.kind));
}
