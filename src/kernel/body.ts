/**
 * A block's body: the paragraph (or nothing, or the hash that stands for a withheld text) and the
 * transactions, and the root by which a header commits to them (HDR-3, BODY-1).
 *
 * @module
 */
import * as P from "micro-packed";
import { concatBytes, equalBytes } from "./bytes.ts";
import type { Coder } from "./codec.ts";
import { constantByte, fixedBytes, strictDecode, strictEncode, u16, u32, u64 } from "./codec.ts";
import { hash } from "./hash.ts";
import type { BlockKind } from "./header.ts";
import { KEY_BODY_MAX_BYTES, MICRO_BODY_MAX_BYTES } from "./limits.ts";
import { merklePath, merkleRoot, verifyMerklePath } from "./merkle.ts";
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
}

/** Shows that a leaf is the paragraph of a body: the number of leaves and the path to the root. */
export interface ParagraphProof {
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

const recordCoder = P.struct({
  version: constantByte(1, "body version"),
  paragraph: slotCoder,
  transactions: P.array(u16, signedTransactionCoder),
});

const bodyCoder: Coder<Body> = P.apply(recordCoder, {
  encode: ({ paragraph, transactions }): Body => ({ paragraph, transactions }),
  decode: (body: Body) => ({
    version: 1 as const,
    paragraph: body.paragraph,
    transactions: [...body.transactions],
  }),
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

/** The leaf hashes in order: the paragraph's, then the transactions' (HDR-3); throws `bad-value`. */
export function bodyLeaves(body: Body): Uint8Array[] {
  return [slotLeaf(body.paragraph), ...body.transactions.map(transactionLeaf)];
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
export function paragraphProof(body: Body): ParagraphProof {
  const leaves = bodyLeaves(body);
  return { count: leaves.length, path: merklePath(leaves, 0) };
}

/** True when `leaf` is leaf 0 of the body that `bodyRoot` commits to (HDR-3). */
export function verifyParagraphProof(
  leaf: Uint8Array,
  proof: ParagraphProof,
  bodyRoot: Uint8Array,
): boolean {
  const { count, path } = proof;
  if (!Number.isInteger(count) || count < 1 || count > 0xff_ff_ff_ff) return false;
  if (path.length > PATH_MAX_LENGTH) return false;
  // The tree's root is not stated anywhere, so it is folded from the path, then checked by bodyRoot.
  let treeRoot = leaf;
  for (const sibling of path) treeRoot = hash("merkle-node", treeRoot, sibling);
  return (
    verifyMerklePath(leaf, 0, count, path, treeRoot) &&
    equalBytes(rootOf(count, treeRoot), bodyRoot)
  );
}

/** The checksum of a block's fees, in micro-units of each token (header.feeChecksum), 32 bytes. */
export function feeChecksumOf(consumer: bigint, industrial: bigint): Uint8Array {
  const amounts = [consumer, industrial].map((amount) => strictEncode(u64, amount, 8, "fees"));
  return hash("fees", concatBytes(...amounts));
}
