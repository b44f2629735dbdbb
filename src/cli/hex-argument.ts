/**
 * Hex that a person typed or piped: either case, and no other leniency.
 *
 * @module
 */
import { bytesFromHex } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";

/** The bytes; throws `bad-hex` {what}. */
export function bytesOfArgument(text: string, what: string): Uint8Array {
  const hex = text.toLowerCase();
  if (!/^([0-9a-f]{2})*$/.test(hex)) throw new CodedError("bad-hex", { what });
  return bytesFromHex(hex);
}
