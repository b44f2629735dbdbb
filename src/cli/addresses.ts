/**
 * What stands for an address on the command line: the address itself, an @handle, or the name of a key.
 *
 * @module
 */
import { isHex32 } from "../kernel/brand.ts";
import { hexFromBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import { publicKeyFromSeed } from "../kernel/signature.ts";
import { readKey } from "./key-folder.ts";
import { callLighthouse, type Lighthouse } from "./rpc-client.ts";

/** The address meant; rejects with `handle-unknown` {handle}, and as `readKey`. */
export async function addressOf(
  text: string,
  keys: string,
  lighthouse: Lighthouse,
): Promise<string> {
  if (isHex32(text)) return text;
  if (!text.startsWith("@")) return hexFromBytes(publicKeyFromSeed(await readKey(keys, text)));
  const { address } = await callLighthouse(lighthouse, "resolve_handle", { handle: text });
  if (address === null) throw new CodedError("handle-unknown", { handle: text });
  return address;
}
