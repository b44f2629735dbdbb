/**
 * Proof that a tracker sealed two different microblocks for one place (TRK-2): the two headers, from
 * which everybody can see it without any other block. What must hold of them is the ledger's business.
 *
 * @module
 */
import * as P from "micro-packed";
import { compareBytes } from "./bytes.ts";
import type { Coder } from "./codec.ts";
import { hash } from "./hash.ts";
import type { Header } from "./header.ts";
import { blockIdBytes, coreHashOf, encodeHeader, headerCoder } from "./header.ts";

/** Two headers in ascending order of their block ids. */
export interface EquivocationProof {
  readonly first: Header;
  readonly second: Header;
}

const idOf = (header: Header): Uint8Array => blockIdBytes(coreHashOf(header), header.nonce);

/** The proof that two headers make, in the order in which it is encoded; throws `bad-value`. */
export function equivocationProof(a: Header, b: Header): EquivocationProof {
  return compareBytes(idOf(a), idOf(b)) <= 0 ? { first: a, second: b } : { first: b, second: a };
}

/** Header ‖ header, in ascending order of different ids: one proof has one encoding (ENC-2). */
export const equivocationCoder: Coder<EquivocationProof> = P.wrap({
  encodeStream: (writer, { first, second }: EquivocationProof) => {
    if (!isOrdered(first, second)) throw writer.err("headers out of order");
    headerCoder.encodeStream(writer, first);
    headerCoder.encodeStream(writer, second);
  },
  decodeStream: (reader): EquivocationProof => {
    const first = headerCoder.decodeStream(reader);
    const second = headerCoder.decodeStream(reader);
    if (!isOrdered(first, second)) throw reader.err("headers out of order");
    return { first, second };
  },
});

function isOrdered(first: Header, second: Header): boolean {
  return compareBytes(idOf(first), idOf(second)) < 0;
}

/** The leaf hash of a proof, the last leaf of a body that has one (HDR-3), 32 bytes; throws `bad-value`. */
export function equivocationLeaf({ first, second }: EquivocationProof): Uint8Array {
  return hash("equivocation", encodeHeader(first), encodeHeader(second));
}
