/**
 * The context of an open story for tests of one part: a real chain, and a mesh that the test plays.
 * Test-only.
 *
 * @module
 */
import type { Chain } from "../../../chain/create-chain.ts";
import { createEventHub } from "../../event-hub.ts";
import { createLog } from "../../log.ts";
import type { Clock } from "../../ports.ts";
import type { Wallet } from "../../wallet/wallet.ts";
import { type Answer, decodeQuestion, encodeAnswer, type Question } from "../../wire/messages.ts";
import type { StoryContext } from "../context.ts";

/** What the test plays; what it leaves out does nothing. */
export interface StoryPlay {
  /** Other peers' answers; without, nobody answers. */
  readonly answer?: (peer: string, question: Question) => Answer | Promise<Answer>;
  readonly addresses?: readonly string[];
  readonly signer?: { readonly publicKey: Uint8Array; readonly seed: Uint8Array };
  readonly address?: string;
  /** Without, time is what `setTime` says, and timers never fire. */
  readonly clock?: Clock;
}

/** A context, its hand on the clock, and what became of strangers. */
export interface TestContext {
  readonly context: StoryContext;
  /** Points taken, by peer. */
  readonly points: Map<string, number>;
  /** Codes of the log lines about a peer, oldest first. */
  codesOf(peer: string): readonly string[];
  setTime(nowMs: number): void;
}

/** Creates a context at the chain's newest time. */
export function storyContext(chain: Chain, play: StoryPlay = {}): TestContext {
  let nowMs = chain.head().timestampMs;
  const points = new Map<string, number>();
  const clock: Clock = play.clock ?? { now: () => nowMs, after: () => () => {} };
  const log = createLog(clock);
  const ports = {
    clock,
    randomBytes: (length: number) => new Uint8Array(length),
    network: {
      selfId: "self",
      addresses: () => play.addresses ?? [],
      async publish() {},
      penalise(peer: string, taken: number) {
        points.set(peer, (points.get(peer) ?? 0) + taken);
      },
      async request(peer: string, bytes: Uint8Array) {
        if (play.answer === undefined) return new Promise<Uint8Array>(() => {});
        return encodeAnswer(await play.answer(peer, decodeQuestion(bytes)));
      },
    },
  };
  const wallet = { address: play.address ?? "", signer: () => play.signer ?? null };
  const context = {
    ports,
    chain,
    log,
    hub: createEventHub(() => {}),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test double of the part that is read
    wallet: wallet as unknown as Wallet,
  };
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test double of the part that is read
    context: context as unknown as StoryContext,
    points,
    codesOf: (peer) =>
      log
        .entries(500)
        .filter((entry) => entry.peer === peer)
        .map(({ code }) => code),
    setTime(next) {
      nowMs = next;
    },
  };
}
