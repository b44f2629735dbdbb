/**
 * The pool after the head moved (MEM-6). It is judged at once, and again once the lost blocks were read: what
 * comes back out of them, and what waited behind it, wait together again.
 *
 * @module
 */
import type { HeaderEntry } from "../../chain/header-entry.ts";
import { hexFromBytes } from "../../kernel/bytes.ts";
import type { SignedTransaction } from "../../kernel/transaction.ts";
import { txidOf } from "../../kernel/transaction.ts";
import type { Mempool } from "../../mempool/mempool.ts";
import { describeFault } from "../log.ts";
import type { StoryContext } from "./context.ts";
import type { Gone, PaymentNews } from "./payment-news.ts";

/** What a judgement works on and tells. */
export interface JudgementParts {
  readonly pool: () => Mempool;
  readonly news: PaymentNews;
  /** Something left the pool or came into it. */
  readonly onChanged: () => void;
  /** It waits no more. */
  readonly onGone: (txid: string) => void;
  /** Waits again: the winners may never have heard of what the losers had sealed. */
  readonly onReturned: (transactions: readonly SignedTransaction[]) => void;
}

/** Judges the pool at each move of the head. */
export interface PaymentJudge {
  /** `lost` are the blocks that left the canon, oldest first. */
  headChanged(lost: readonly HeaderEntry[]): void;
  /** Resolves once what lost blocks gave back was judged. */
  settled(): Promise<void>;
}

/** The judge of a story's pool. */
export function createPaymentJudge(context: StoryContext, parts: JudgementParts): PaymentJudge {
  const { chain, ports, log } = context;
  /** Dropped while lost blocks are being read; nothing is said of it before. */
  const limbo = new Map<string, Gone>();
  const readings = new Set<Promise<void>>();

  /** What to tell of when it is dropped; of a stranger's payment in a lost block nobody here asked. */
  const followed = (returned: readonly SignedTransaction[]): Map<string, SignedTransaction> => {
    const own = new Set<string>(context.wallet?.accounts().map(({ address }) => address));
    const concerning = returned.filter(
      ({ payload: { from_, to } }) => own.has(from_) || own.has(to),
    );
    return new Map([
      ...concerning.map((each) => [hexFromBytes(txidOf(each)), each] as const),
      ...[...limbo.values()].map((each) => [each.txid, each.transaction] as const),
      ...parts
        .pool()
        .entries()
        .map((each) => [each.txid, each.transaction] as const),
    ]);
  };

  const judge = (returned: readonly SignedTransaction[]): void => {
    const known = followed(returned);
    const waited = [...limbo.values()].map(({ transaction }) => transaction);
    limbo.clear();
    const change = { returned: [...returned, ...waited] };
    const { dropped, readmitted } = parts.pool().headChanged(change, ports.clock.now());
    for (const { txid, code } of dropped) {
      parts.onGone(txid);
      const transaction = known.get(txid);
      if (transaction === undefined) continue;
      if (readings.size > 0) limbo.set(txid, { txid, code, transaction });
      else parts.news.left({ txid, code, transaction });
    }
    if (dropped.length > 0 || readmitted.length > 0) parts.onChanged();
    const back = readmitted.flatMap((txid) => parts.pool().entry(txid)?.transaction ?? []);
    if (back.length > 0) parts.onReturned(back);
  };

  const read = async (lost: readonly HeaderEntry[]): Promise<readonly SignedTransaction[]> => {
    try {
      const blocks = await chain.readBlocks(lost.map(({ id }) => id));
      return blocks.flatMap((block) => [...(block?.body.transactions ?? [])]);
    } catch (reason) {
      log.add("warn", "transactions-not-returned", describeFault(reason).detail);
      return [];
    }
  };

  return {
    headChanged(lost) {
      if (lost.length > 0) {
        const reading = read(lost)
          .then((returned) => {
            readings.delete(reading);
            judge(returned);
          })
          .catch((reason: unknown) => {
            log.add("error", "internal", describeFault(reason).detail);
          });
        readings.add(reading);
      }
      judge([]);
    },
    async settled() {
      await Promise.all(readings);
    },
  };
}
