/**
 * Rounds that follow each other by their headers alone, as anybody can make them for nothing: no signature, no
 * proof of work, bodies as large as they may be. For tests of what is fetched before the one door. Test-only.
 *
 * @module
 */
import { type Block, encodeBlock } from "../../../kernel/block.ts";
import type { BlockId } from "../../../kernel/brand.ts";
import { bytesFromHex, hexFromBytes } from "../../../kernel/bytes.ts";
import { CodedError } from "../../../kernel/errors.ts";
import { blockIdOf, type Header } from "../../../kernel/header.ts";
import { ACCOUNT_NAME_MAX_BYTES, MEMO_MAX_BYTES } from "../../../kernel/limits.ts";
import type { SignedTransaction } from "../../../kernel/transaction.ts";
import { MAX_RESPONSE_BYTES } from "../../limits.ts";
import type { Answer, Question } from "../../wire/messages.ts";

const zeros = (length: number): Uint8Array => new Uint8Array(length);
const NAME = "n".repeat(ACCOUNT_NAME_MAX_BYTES);
const TRANSACTION: SignedTransaction = {
  payload: {
    from_: NAME,
    to: NAME,
    amountConsumer: 0n,
    amountIndustrial: 0n,
    fee: 0n,
    feeSelector: 0,
    nonce: 1n,
    memo: zeros(MEMO_MAX_BYTES),
  },
  publicKey: zeros(32),
  signature: zeros(64),
};
/** As many of the largest transactions as a microblock has room for. */
const LARGEST = Array.from({ length: 7 }, () => TRANSACTION);
/** Room for framing in a full answer. */
const FRAMING_BYTES = 4_096;

function madeUpHeader(change: Partial<Header>): Header {
  return {
    version: 1,
    kind: "micro",
    storyId: zeros(32),
    height: 1,
    microIndex: 0,
    parent: zeros(32),
    keyParent: zeros(32),
    timestampMs: 1,
    author: zeros(32),
    bodyRoot: zeros(32),
    stateRoot: zeros(32),
    historyRoot: zeros(32),
    coinbase: { consumer: 0n, industrial: 0n },
    feeChecksum: zeros(32),
    target: 0,
    nonce: 0n,
    signature: zeros(64),
    ...change,
  };
}

/** `count` microblocks on a key block, each nearly as large as it may be. */
export function madeUpRound(keyBlock: BlockId, count: number): readonly Block[] {
  const blocks: Block[] = [];
  let parent = bytesFromHex(keyBlock);
  for (let microIndex = 1; microIndex <= count; microIndex++) {
    const header = madeUpHeader({ microIndex, parent, keyParent: bytesFromHex(keyBlock) });
    blocks.push({ header, body: { paragraph: { kind: "none" }, transactions: LARGEST } });
    parent = bytesFromHex(blockIdOf(header));
  }
  return blocks;
}

/** A key block on the last microblock of a round. */
export function madeUpKeyBlock(keyParent: BlockId, round: readonly Block[]): Block {
  const parent = bytesFromHex(lastOf(round));
  const header = madeUpHeader({ kind: "key", keyParent: bytesFromHex(keyParent), parent });
  return { header, body: { paragraph: { kind: "none" }, transactions: [] } };
}

/** Id of a round's last microblock. */
export function lastOf(round: readonly Block[]): BlockId {
  const last = round.at(-1);
  if (last === undefined) throw new CodedError("no-block");
  return blockIdOf(last.header);
}

function cutAnswer(blocks: readonly Block[]): Answer {
  const data: Uint8Array[] = [];
  let sizeBytes = FRAMING_BYTES;
  for (const block of blocks) {
    const encoded = encodeBlock(block);
    sizeBytes += encoded.length + 4;
    if (sizeBytes > MAX_RESPONSE_BYTES) break;
    data.push(encoded);
  }
  return { TAG: "blocks", data };
}

/** Serves as a peer does: in the order asked, up to the largest answer. A round that it has not is the first one. */
export function serveMadeUp(
  rounds: readonly (readonly Block[])[],
  keyBlocks: readonly Block[] = [],
): (question: Question) => Answer {
  return (question) => {
    if (question.TAG === "blocks") {
      const ids = question.data.map(hexFromBytes);
      return cutAnswer(keyBlocks.filter(({ header }) => ids.includes(blockIdOf(header))));
    }
    if (question.TAG !== "microblocks") throw new CodedError("unexpected", { tag: question.TAG });
    return cutAnswer(
      question.data.flatMap(({ last, after }) => {
        const round = rounds.find((each) => lastOf(each) === hexFromBytes(last)) ?? rounds[0];
        return round?.slice(after) ?? [];
      }),
    );
  };
}
