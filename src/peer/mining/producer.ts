/**
 * The producer loop: decides each time something changes whether this tab mines, and what. It mines
 * only with consent, only when in sync or knowingly alone, and says why when it does not.
 *
 * @module
 */
import type { BuiltinWriter } from "../../authoring/builtin/builtin-writer.ts";
import type { Candidate } from "../../chain/candidate.ts";
import { equalBytes } from "../../kernel/bytes.ts";
import { isCoded } from "../../kernel/errors.ts";
import type { Paragraph } from "../../kernel/paragraph.ts";
import { createMinerPool } from "../../mining/miner-pool.ts";
import type { MiningPreset } from "../../mining/presets.ts";
import { describeFault } from "../log.ts";
import type { MiningView } from "../rpc/shapes.ts";
import type { StoryContext } from "../story/context.ts";
import type { Drafts } from "../story/drafts.ts";
import type { Intake } from "../story/intake.ts";
import type { Sync } from "../story/sync.ts";
import type { BlockMaker } from "./block-maker.ts";
import { draftBuiltin } from "./builtin-draft.ts";
import type { Consent } from "./consent.ts";

/** A candidate states the time of its making; it is made anew this often while hashing. */
const REFRESH_MS = 2_000;
/** The `mining` event follows the miner's rates at most this often. */
const RATE_EVENT_MS = 1_000;
/** A writer that could not be loaded (offline, for one) is asked again after this. */
const WRITER_RETRY_MS = 10_000;
/** `intake.storeFull()` forgets after a while; then one more block is tried. */
const STORE_RETRY_MS = 30_000;

/** The producer of one story. */
export interface Producer {
  state(): MiningView;
  /** Something that matters changed: consent, tip, draft, sync, environment, settings. */
  replan(): void;
  stop(): void;
}

interface ProducerParts {
  readonly intake: Intake;
  readonly sync: Sync;
  readonly drafts: Drafts;
  readonly maker: BlockMaker;
  readonly consent: Consent;
}

type Reason = NonNullable<MiningView["reason"]>;

/** Creates the producer; it does nothing before the first `replan`. */
export function createProducer(context: StoryContext, parts: ProducerParts): Producer {
  const { chain, ports, log, hub, wallet } = context;
  const { consent, drafts, sync, intake, maker } = parts;
  let current: { readonly jobId: number; readonly candidate: Candidate } | null = null;
  let builtin: { readonly tip: string; readonly paragraph: Paragraph } | null = null;
  let builtinBusy = false;
  let nextJobId = 1;
  let reason: Reason | null = "no-consent";
  let workerLost = false;
  let lastRateEventMs = 0;
  let cancelTimer = (): void => {};
  let stopped = false;

  const reportFault = (fault: unknown): void => {
    const { code, detail } = describeFault(fault);
    log.add("error", code, detail);
  };

  const pool = createMinerPool({
    spawn: ports.mining.spawn,
    cores: ports.mining.cores,
    now: () => ports.clock.now(),
    schedule: (task, delayMs) => ports.clock.after(delayMs, task),
    onFound: (jobId, nonce) => {
      seal(jobId, nonce).catch((fault: unknown) => {
        reportFault(fault);
        replan();
      });
    },
    onRate: () => {
      workerLost = false;
      const now = ports.clock.now();
      if (now - lastRateEventMs < RATE_EVENT_MS) return;
      lastRateEventMs = now;
      hub.emit("mining", state());
    },
    onWorkerLost: (why) => {
      workerLost = true;
      log.add("warn", "worker-crashed", why);
      hub.emit("mining", state());
    },
  });

  /** What the person's rules leave of the chosen preset right now; null when nothing. */
  const effectivePreset = (): MiningPreset | null => {
    const { hidden } = consent.environment();
    const { hiddenPreset } = consent.rules();
    if (!hidden || hiddenPreset === "same") return consent.preset();
    return hiddenPreset === "off" ? null : "gentle";
  };

  const obstacle = (): Reason | null => {
    if (ports.readonlyReason !== null || wallet === null) return "readonly";
    if (!consent.given()) return consent.everGiven() ? "stopped" : "no-consent";
    if (wallet.signer() === null) return "wallet-locked";
    if (consent.environment().onBattery === true && !consent.rules().mineOnBattery)
      return "on-battery";
    if (effectivePreset() === null) return "hidden";
    if (intake.storeFull()) return "store-full";
    if (!sync.ready()) return "not-synced";
    const restUntilMs = chain.restUntilMs(wallet.address);
    if (restUntilMs !== null && ports.clock.now() < restUntilMs) return "resting";
    return null;
  };

  const state = (): MiningView => {
    const rate = pool.rate;
    const restUntilMs = wallet === null ? null : chain.restUntilMs(wallet.address);
    const active = current !== null;
    return {
      consent: consent.given(),
      active,
      reason: active ? (workerLost && rate.threads === 0 ? "worker-crashed" : null) : reason,
      preset: consent.preset(),
      writer: consent.given() ? consent.writer() : null,
      threads: active ? rate.threads : 0,
      hashesPerSecond: active ? rate.hashesPerSecond : 0,
      simd: rate.simd,
      hidden: consent.environment().hidden,
      onBattery: consent.environment().onBattery,
      found: maker.made(),
      restUntilMs: restUntilMs !== null && restUntilMs > ports.clock.now() ? restUntilMs : null,
    };
  };

  /** `null`: it will go on by itself in a moment. */
  const idle = (why: Reason | null): void => {
    const changed = current !== null || reason !== why;
    current = null;
    reason = why;
    pool.stop();
    if (changed) hub.emit("mining", state());
  };

  /** The paragraph to mine now: the person's offer first, else a fresh one of the built-in writer. */
  const paragraph = (): Paragraph | null => {
    const offered = drafts.offered();
    if (offered !== null) return offered;
    if (consent.writer() !== "builtin") return null;
    const tip = chain.tip().id;
    if (builtin?.tip === tip) return builtin.paragraph;
    if (!builtinBusy) {
      builtinBusy = true;
      ports
        .loadBuiltin()
        .then((writer: BuiltinWriter) => draftBuiltin(context, writer, null))
        .then((draft) => {
          builtin = { tip: draft.parent, paragraph: draft.paragraph };
          return 1;
        })
        .catch((fault: unknown) => {
          const { code, detail } = describeFault(fault);
          log.add("warn", code, detail);
          return WRITER_RETRY_MS;
        })
        .then((retryMs) => {
          builtinBusy = false;
          // A tip that moved meanwhile wants another text at once; a writer that failed is left in peace.
          if (builtin?.tip === chain.tip().id) replan();
          else rearm(retryMs);
        })
        .catch(reportFault);
    }
    return null;
  };

  const rearm = (delayMs: number): void => {
    cancelTimer();
    cancelTimer = stopped ? () => {} : ports.clock.after(delayMs, replan);
  };

  const replan = (): void => {
    if (stopped) return;
    const why = obstacle();
    if (why !== null) {
      idle(why);
      const until = wallet?.signer() == null ? null : state().restUntilMs;
      // The disk may have room again; nothing else would tell.
      if (why === "store-full") rearm(STORE_RETRY_MS);
      if (why === "resting" && until !== null) rearm(Math.max(1, until - ports.clock.now()));
      return;
    }
    // What was just found decides on which page to go on; another proof for the old one is wasted.
    if (maker.busy()) return;
    const text = paragraph();
    if (text === null) {
      idle("no-paragraph");
      return;
    }
    mine(text);
  };

  const mine = (text: Paragraph): void => {
    const signer = wallet?.requireSigner();
    if (signer === undefined) return;
    try {
      const candidate = maker.candidate(text, signer.publicKey);
      const earlyMs = maker.acceptableFromMs(candidate) - ports.clock.now();
      if (earlyMs > 0) {
        idle(null);
        rearm(earlyMs);
        return;
      }
      const wasActive = current !== null;
      // Until keyParent + P/4 the timestamp stands still; the same job again would lose its place.
      if (current !== null && equalBytes(current.candidate.coreHash, candidate.coreHash)) {
        rearm(REFRESH_MS);
        return;
      }
      const jobId = nextJobId++;
      current = { jobId, candidate };
      reason = null;
      pool.setPreset(effectivePreset() ?? "gentle");
      pool.start({ jobId, coreHash: candidate.coreHash, target: candidate.target });
      if (!wasActive) hub.emit("mining", state());
      rearm(REFRESH_MS);
    } catch (fault) {
      const { code, detail } = describeFault(fault);
      log.add("warn", code, detail);
      // A built-in text that the story's rules refuse would be refused again.
      if (text === builtin?.paragraph) builtin = null;
      idle(isCoded(fault, "resting") ? "resting" : "no-paragraph");
      rearm(REFRESH_MS);
    }
  };

  const seal = async (jobId: number, nonce: bigint): Promise<void> => {
    const job = current;
    const signer = wallet?.signer();
    if (job?.jobId !== jobId || signer == null) return;
    // Found while the person changed to another account, which may not sign for this one.
    if (!equalBytes(signer.publicKey, job.candidate.header.author)) return;
    current = null;
    await maker.finish(job.candidate, nonce, signer.seed);
    replan();
  };

  return {
    state,
    replan,
    stop() {
      stopped = true;
      current = null;
      cancelTimer();
      pool.dispose();
    },
  };
}
