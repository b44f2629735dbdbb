/**
 * What a transaction's signature is bound to: a story of ours (TX-2), or the dual-token kernel's chain 1.
 *
 * @module
 */
import { bytesFromHex, concatBytes, utf8Encode } from "../kernel/bytes.ts";
import { CodedError, isCoded } from "../kernel/errors.ts";
import { TRANSACTION_VERSION, transactionDomain } from "../kernel/transaction.ts";

/** Names for `--tag`. */
export const TAGS = ["fabula", "original"] as const;
export type Tag = (typeof TAGS)[number];

/** How to find the domain. */
export interface DomainOptions {
  readonly tag: Tag;
  readonly story?: string;
  readonly url: string;
}

/** A domain, and the version that txids have in it (TX-3). */
export interface SigningDomain {
  readonly bytes: Uint8Array;
  readonly txidVersion: number;
}

/** `THE_BLOCKv2|` and chain id 1 as u32, little-endian. */
const ORIGINAL: SigningDomain = {
  bytes: concatBytes(utf8Encode("THE_BLOCKv2|"), Uint8Array.of(1, 0, 0, 0)),
  txidVersion: 2,
};

/** The open story of a lighthouse; rejects with `story-needed` {url} when none answers. */
async function storyOf(url: string): Promise<string> {
  const { callLighthouse } = await import("./rpc-client.ts");
  try {
    return (await callLighthouse({ url }, "get_genesis")).story;
  } catch (error) {
    if (!isCoded(error, "no-answer")) throw error;
    throw new CodedError("story-needed", { url }, { cause: error });
  }
}

/** The domain; asks the lighthouse only when neither story nor another tag is named. */
export async function signingDomain(options: DomainOptions): Promise<SigningDomain> {
  if (options.tag === "original") return ORIGINAL;
  const story = options.story ?? (await storyOf(options.url));
  return { bytes: transactionDomain(bytesFromHex(story)), txidVersion: TRANSACTION_VERSION };
}
