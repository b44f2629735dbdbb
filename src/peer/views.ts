/**
 * Chain values in the shapes of the method table: hex, decimal strings, confirmations.
 *
 * @module
 */
import type { Chain } from "../chain/create-chain.ts";
import type { HeaderEntry } from "../chain/header-entry.ts";
import type { CanonParagraph } from "../chain/read-blocks.ts";
import type { Block } from "../kernel/block.ts";
import type { BlockId } from "../kernel/brand.ts";
import { hexFromBytes } from "../kernel/bytes.ts";
import { encodeHeader, type Header } from "../kernel/header.ts";
import type { Paragraph, Provenance } from "../kernel/paragraph.ts";
import { targetFromCompact, workOfTarget } from "../kernel/target.ts";
import { stateRoot } from "../ledger/state-map.ts";
import type { ResultOf } from "./rpc/schema.ts";
import type { DraftView, ParagraphView, TipView } from "./rpc/shapes.ts";

type HeaderView = ResultOf<"get_header">;
type ProvenanceView = DraftView["provenance"];

/** `get_tip`. */
export function tipView(chain: Chain): TipView {
  const tip = chain.tip();
  return {
    hash: tip.id,
    height: tip.height,
    work: tip.totalWork.toString(),
    timestampMs: tip.timestampMs,
    stateRoot: hexFromBytes(stateRoot(chain.headState())),
  };
}

/** Provenance as hex and decimal. */
export function provenanceView(provenance: Provenance): ProvenanceView {
  return {
    writer: provenance.writer,
    model: provenance.model,
    algorithmHash: hexFromBytes(provenance.algorithmHash),
    seed: provenance.seed.toString(),
  };
}

const NO_PROVENANCE: ProvenanceView = {
  writer: "human",
  model: "",
  algorithmHash: "0".repeat(64),
  seed: "0",
};

interface Place {
  readonly block: BlockId;
  readonly header: Header;
  readonly confirmations: number;
}

/** A paragraph with its place; `paragraph` is null when only its leaf hash is held. */
export function paragraphView(
  place: Place,
  paragraph: Paragraph | null,
  self: string | null,
): ParagraphView {
  const author = hexFromBytes(place.header.author);
  return {
    block: place.block,
    height: place.header.height,
    author,
    text: paragraph?.text ?? "",
    withheld: paragraph === null,
    chapter: paragraph?.chapter ?? null,
    timestampMs: place.header.timestampMs,
    provenance: paragraph === null ? NO_PROVENANCE : provenanceView(paragraph.provenance),
    confirmations: place.confirmations,
    work: workOfTarget(targetFromCompact(place.header.target)).toString(),
    mine: author === self,
  };
}

/** A canon paragraph as the chain reads it. */
export function canonParagraphView(
  chain: Chain,
  read: CanonParagraph,
  self: string | null,
): readonly ParagraphView[] {
  const { entry } = read;
  const { header } = entry;
  if (header === null) return [];
  const place = { block: entry.id, header, confirmations: chain.confirmations(entry.id) };
  return [paragraphView(place, read.paragraph, self)];
}

/** The paragraph of a whole block. */
export function blockParagraphView(
  block: Block,
  id: BlockId,
  confirmations: number,
  self: string | null,
): ParagraphView {
  const slot = block.body.paragraph;
  return paragraphView(
    { block: id, header: block.header, confirmations },
    slot.kind === "text" ? slot.paragraph : null,
    self,
  );
}

/** All header fields. */
export function headerView(
  id: BlockId,
  header: Header,
  facts: { readonly totalWork: bigint; readonly canon: boolean; readonly confirmations: number },
): HeaderView {
  return {
    hash: id,
    version: header.version,
    kind: header.kind,
    story: hexFromBytes(header.storyId),
    height: header.height,
    microIndex: header.microIndex,
    parent: hexFromBytes(header.parent),
    keyParent: hexFromBytes(header.keyParent),
    timestampMs: header.timestampMs,
    author: hexFromBytes(header.author),
    bodyRoot: hexFromBytes(header.bodyRoot),
    stateRoot: hexFromBytes(header.stateRoot),
    historyRoot: hexFromBytes(header.historyRoot),
    coinbase: {
      consumer: header.coinbase.consumer.toString(),
      industrial: header.coinbase.industrial.toString(),
    },
    feeChecksum: hexFromBytes(header.feeChecksum),
    target: header.target,
    nonce: header.nonce.toString(),
    signature: hexFromBytes(header.signature),
    // A microblock states no target and proves no work (HDR-2b).
    work: header.kind === "micro" ? "0" : workOfTarget(targetFromCompact(header.target)).toString(),
    totalWork: facts.totalWork.toString(),
    canon: facts.canon,
    confirmations: facts.confirmations,
    encoded: hexFromBytes(encodeHeader(header)),
  };
}

/** Header view of an entry of the tree; the genesis has no header. */
export function entryHeaderView(chain: Chain, entry: HeaderEntry): HeaderView | null {
  if (entry.header === null) return null;
  return headerView(entry.id, entry.header, {
    totalWork: entry.totalWork,
    canon: chain.isCanon(entry.id),
    confirmations: chain.confirmations(entry.id),
  });
}
