/**
 * A block's body: the paragraph (or nothing, or the hash that stands for a withheld text) and the
 * transactions, a proof of equivocation where there is one, and the root by which a header commits to them (HDR-3, BODY-1).
 *
 * @module
 */
import * as P from "micro-packed";
import { equalBytes } from "./bytes.ts";
import type { Coder } from "./codec.ts";
import { fixedBytes, strictDecode, strictEncode, u16, u32, u64 } from "./codec.ts";
import type { EquivocationProof } from "./equivocation.ts";
import { equivocationCoder, equivocationLeaf } from "./equivocation.ts";
import { hash } from "./hash.ts";
import type { BlockKind } from "./header.ts";
import { KEY_BODY_MAX_BYTES, MICRO_BODY_MAX_BYTES } from "./limits.ts";
import { foldMerklePath, merklePath, merkleRoot } from "./merkle.ts";
import type { Paragraph } from "./paragraph.ts";
import { paragraphCoder, paragraphLeaf } from "./paragraph.ts";
import type { SignedTransaction } from "./transaction.ts";
import { signedTransactionCoder, transactionLeaf } from "./transaction.ts";

/** Leaf 0 of a body: nothing, a paragraph, or the leaf hash of one whose text is not here (HDR-3). */
export type ParagraphSlot =
  | { readonly kind: "none" }
  | { readonly kind: "text"; readonly paragraph: Paragraph }
  | { readonly kind: "withheld"; readonly leafHash: Uint8Array };

/** What a header's bodyRoot commits to. */
export interface Body {
  readonly paragraph: ParagraphSlot;
  readonly transactions: readonly SignedTransaction[];
  /** Shows that the old tracker sealed two microblocks for one place (TRK-2); in key blocks only. */
  readonly equivocation?: EquivocationProof;
}

/** Shows that a leaf stands in a body: the number of leaves and the path to the root. */
export interface LeafProof {
  readonly count: number;
  readonly path: readonly Uint8Array[];
}

/** Leaf 0 of a body without a paragraph: no paragraph encodes to no bytes. */
const EMPTY_LEAF = hash("paragraph");

/** The height of a tree of 2^32 leaves. */
const PATH_MAX_LENGTH = 32;

const leafCoder = fixedBytes(32);

const slotCoder: Coder<ParagraphSlot> = P.wrap({
  encodeStream: (writer, slot: ParagraphSlot) => {
    switch (slot.kind) {
      case "none":
        return writer.byte(0);
      case "text":
        writer.byte(1);
        return paragraphCoder.encodeStream(writer, slot.paragraph);
      case "withheld":
        // Else a body without a paragraph would have a second encoding with the same root.
        if (equalBytes(slot.leafHash, EMPTY_LEAF)) throw writer.err("nothing cannot be withheld");
        writer.byte(2);
        return leafCoder.encodeStream(writer, slot.leafHash);
    }
  },
  decodeStream: (reader): ParagraphSlot => {
    const tag = reader.byte();
    switch (tag) {
      case 0:
        return { kind: "none" };
      case 1:
        return { kind: "text", paragraph: paragraphCoder.decodeStream(reader) };
      case 2:
        return { kind: "withheld", leafHash: leafCoder.decodeStream(reader) };
      default:
        throw reader.err(`unknown paragraph tag ${tag}`);
    }
  },
});

const transactionsCoder: Coder<SignedTransaction[]> = P.array(u16, signedTransactionCoder);

/** Version 2 is a body that ends with a proof of equivocation; one without has version 1. */
const bodyCoder: Coder<Body> = P.wrap({
  encodeStream: (writer, { paragraph, transactions, equivocation }: Body) => {
    writer.byte(equivocation === undefined ? 1 : 2);
    slotCoder.encodeStream(writer, paragraph);
    transactionsCoder.encodeStream(writer, [...transactions]);
    if (equivocation !== undefined) equivocationCoder.encodeStream(writer, equivocation);
  },
  decodeStream: (reader): Body => {
    const version = reader.byte();
    if (version !== 1 && version !== 2) throw reader.err(`unknown body version ${version}`);
    const paragraph = slotCoder.decodeStream(reader);
    const transactions = transactionsCoder.decodeStream(reader);
    if (version === 1) return { paragraph, transactions };
    return { paragraph, transactions, equivocation: equivocationCoder.decodeStream(reader) };
  },
});

/** The cap on an encoded body, in bytes (BODY-1). */
export function bodyMaxBytes(kind: BlockKind): number {
  return kind === "key" ? KEY_BODY_MAX_BYTES : MICRO_BODY_MAX_BYTES;
}

/** The body's bytes (ENC-1); throws `bad-value`, or `too-large` above the cap of its kind (BODY-1). */
export function encodeBody(body: Body, kind: BlockKind = "key"): Uint8Array {
  return strictEncode(bodyCoder, body, bodyMaxBytes(kind), `${kind} body`);
}

/** The body that has these bytes (ENC-2, BODY-1); throws `too-large` or `bad-encoding`. */
export function decodeBody(bytes: Uint8Array, kind: BlockKind = "key"): Body {
  return strictDecode(bodyCoder, bytes, bodyMaxBytes(kind), `${kind} body`);
}

/** The leaf hash of a paragraph slot (HDR-3), 32 bytes; throws `bad-value`. */
export function slotLeaf(slot: ParagraphSlot): Uint8Array {
  if (slot.kind === "none") return EMPTY_LEAF;
  return slot.kind === "text" ? paragraphLeaf(slot.paragraph) : slot.leafHash;
}

/** The leaf hashes in order: the paragraph's, the transactions', a proof's (HDR-3); throws `bad-value`. */
export function bodyLeaves(body: Body): Uint8Array[] {
  const leaves = [slotLeaf(body.paragraph), ...body.transactions.map(transactionLeaf)];
  if (body.equivocation !== undefined) leaves.push(equivocationLeaf(body.equivocation));
  return leaves;
}

function rootOf(count: number, treeRoot: Uint8Array): Uint8Array {
  return hash("body", strictEncode(u32, count, 4, "leaf count"), treeRoot);
}

/** The hash of count and tree root that a header commits to (HDR-3), 32 bytes; throws `bad-value`. */
export function bodyRootOf(body: Body): Uint8Array {
  const leaves = bodyLeaves(body);
  return rootOf(leaves.length, merkleRoot(leaves));
}

/** The proof that leaf 0 is the paragraph of this body (HDR-3); throws `bad-value`. */
export function paragraphProof(body: Body): LeafProof {
  return leafProof(body, 0);
}

/** The proof that transaction number `index` stands in this body, as leaf `index` + 1 (HDR-3); throws `bad-value`. */
export function transactionProof(body: Body, index: number): LeafProof {
  return leafProof(body, index + 1);
}

function leafProof(body: Body, index: number): LeafProof {
  const leaves = bodyLeaves(body);
  return { count: leaves.length, path: merklePath(leaves, index) };
}

/** True when `leaf` is leaf number `index` of the body that `bodyRoot` commits to (HDR-3). */
export function verifyLeafProof(
  leaf: Uint8Array,
  index: number,
  { count, path }: LeafProof,
  bodyRoot: Uint8Array,
): boolean {
  if (!Number.isInteger(count) || count < 1 || count > 0xff_ff_ff_ff) return false;
  if (path.length > PATH_MAX_LENGTH) return false;
  // The tree's root is not stated anywhere, so it is folded from the path, then checked by bodyRoot.
  const treeRoot = foldMerklePath(leaf, index, count, path);
  return treeRoot !== undefined && equalBytes(rootOf(count, treeRoot), bodyRoot);
}

/** The checksum of a block's fees, in micro-units of each token (header.feeChecksum), 32 bytes. */
export function feeChecksumOf(consumer: bigint, industrial: bigint): Uint8Array {
  const amounts = [consumer, industrial].map((amount) => strictEncode(u64, amount, 8, "fees"));
  return hash("fees", ...amounts);
}
