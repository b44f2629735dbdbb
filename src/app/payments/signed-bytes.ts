/**
 * A signed transaction's bytes, cut where its fields begin, so that a receipt can be read down to the last
 * byte (PROTOCOL §3). Only for showing: what the bytes mean was decided by the peer.
 *
 * @module
 */

/** One field: its name, its bytes as hex, and whether the signature covers it. */
export interface SignedPart {
  readonly name: string;
  readonly hex: string;
  readonly signed: boolean;
}

const U64 = 16;

/** Little-endian u64 of hex digits as a length; NaN when it is none. */
function lengthOf(hex: string): number {
  const bytes = hex.match(/../g);
  return bytes === null ? Number.NaN : Number.parseInt(bytes.reverse().join(""), 16);
}

/** The fields in order; null when the bytes do not add up. */
export function signedParts(encoded: string): readonly SignedPart[] | null {
  const parts: SignedPart[] = [];
  let at = 0;
  const take = (name: string, digits: number, signed = true): string => {
    const hex = encoded.slice(at, at + digits);
    at += digits;
    parts.push({ name, hex, signed });
    return hex;
  };
  const takeText = (name: string): void => {
    const length = lengthOf(take(`${name}: length`, U64));
    take(name, 2 * length);
  };
  take("version", 2, false);
  takeText("from");
  takeText("to");
  take("consumer units", U64);
  take("industrial units", U64);
  take("fee", U64);
  take("fee paid from", 2);
  take("nonce", U64);
  takeText("memo");
  take("public key", 64, false);
  take("signature", 128, false);
  return at === encoded.length ? parts : null;
}
