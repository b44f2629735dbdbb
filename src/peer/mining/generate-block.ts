/**
 * One key block on demand, for stories of the test network (Monero's regtest has `generateblocks`). Nothing
 * is waived but the miner threads: the author rests, time and target are what the rules say, and the block
 * comes in by the one door.
 *
 * @module
 */
import type { Candidate } from "../../chain/candidate.ts";
import type { Outcome } from "../../chain/outcome.ts";
import { bigintFromBytesBE } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { blockIdOf, powOf } from "../../kernel/header.ts";
import type { Paragraph } from "../../kernel/paragraph.ts";
import { workOfTarget } from "../../kernel/target.ts";
import { MAX_GENERATED_WORK } from "../limits.ts";
import type { ResultOf } from "../rpc/schema.ts";
import { HUMAN } from "../story/drafts.ts";
import type { Session } from "../story/session.ts";
import type { Wallet } from "../wallet/wallet.ts";
import { draftBuiltin } from "./builtin-draft.ts";

/** Tries before the search is given up: fewer than one in e^16 searches at the greatest work needs more. */
const MAX_TRIES = 16n * MAX_GENERATED_WORK;

/**
 * Makes, connects and announces a key block of the wallet's active account; `text` as the client wrote it, or
 * the built-in writer's. Rejects with `wallet-locked`, `not-synced`, `resting` and `too-early` {untilMs},
 * `too-hard` {work, max}, `block-under-way`, the paragraph's and the store's codes.
 */
export async function generateBlock(
  { context, maker, producer, sync }: Session,
  wallet: Wallet,
  text: string | undefined,
): Promise<ResultOf<"generate_block">> {
  if (!sync.ready()) throw new CodedError("not-synced");
  const paragraph = text === undefined ? await builtinParagraph(context) : writtenParagraph(text);
  if (maker.busy()) throw new CodedError("block-under-way");
  const signer = wallet.requireSigner();
  const candidate = maker.candidate(paragraph, signer.publicKey);
  const untilMs = maker.acceptableFromMs(candidate);
  if (untilMs > context.ports.clock.now()) throw new CodedError("too-early", { untilMs });
  const nonce = findNonce(candidate);
  const outcome = await maker.finish(candidate, nonce, signer.seed);
  // What the miner threads are busy with belongs to the page before.
  producer.replan();
  requireConnected(outcome);
  const { height, timestampMs } = candidate.header;
  return {
    hash: blockIdOf({ ...candidate.header, nonce }),
    height,
    timestampMs,
    work: workOf(candidate).toString(),
    nonce: nonce.toString(),
    canon: outcome.kind !== "side-branch",
  };
}

function writtenParagraph(text: string): Paragraph {
  return { text: text.normalize("NFC").trim(), chapter: null, provenance: HUMAN };
}

/** A draft says which page it follows; one that is a page late could not be replayed (PAR-2). */
async function builtinParagraph(context: Session["context"]): Promise<Paragraph> {
  const writer = await context.ports.loadBuiltin();
  for (;;) {
    const { parent, paragraph } = await draftBuiltin(context, writer, null);
    if (parent === context.chain.tip().id) return paragraph;
  }
}

const workOf = ({ target }: Candidate): bigint => workOfTarget(bigintFromBytesBE(target));

function findNonce(candidate: Candidate): bigint {
  const target = bigintFromBytesBE(candidate.target);
  const work = workOf(candidate);
  const tries = work > MAX_GENERATED_WORK ? 0n : MAX_TRIES;
  for (let nonce = 0n; nonce < tries; nonce++) {
    if (bigintFromBytesBE(powOf(candidate.coreHash, nonce)) <= target) return nonce;
  }
  throw new CodedError("too-hard", { work: work.toString(), max: MAX_GENERATED_WORK.toString() });
}

function requireConnected(outcome: Outcome): void {
  switch (outcome.kind) {
    case "extended":
    case "reorganised":
    case "side-branch":
    case "known":
      return;
    case "future":
      throw new CodedError("too-early", { untilMs: outcome.untilMs });
    case "invalid":
      throw new CodedError(outcome.code, outcome.data);
    case "orphan":
      throw new CodedError("orphan", { missing: outcome.missing });
  }
}
