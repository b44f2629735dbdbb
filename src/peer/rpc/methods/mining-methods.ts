/**
 * Consent and mining.
 *
 * @module
 */
import { CodedError } from "../../../kernel/errors.ts";
import { generateBlock } from "../../mining/generate-block.ts";
import type { PeerCore } from "../../peer-core.ts";
import { requireWallet } from "../../wallet/require-wallet.ts";
import type { Handlers } from "../handlers.ts";
import type { MiningView } from "../shapes.ts";
import { requireTestStory } from "./test-story.ts";

/** What can be said of mining while no story is open. */
function idleState(core: PeerCore): MiningView {
  const { hidden, onBattery } = core.consent.environment();
  return {
    consent: core.consent.given(),
    active: false,
    reason: core.ports.readonlyReason === null ? "stopped" : "readonly",
    preset: core.consent.preset(),
    writer: null,
    threads: 0,
    hashesPerSecond: 0,
    simd: false,
    hidden,
    onBattery,
    found: 0,
    restUntilMs: null,
  };
}

/** Handlers that start and stop the producer. */
export const miningMethods: Handlers<"start_mining" | "stop_mining" | "generate_block"> = {
  async start_mining(core, params) {
    if (core.wallet === null)
      throw new CodedError("readonly", { reason: core.ports.readonlyReason });
    // First the story: consent that is given to nothing would start mining in whatever opens next.
    const { producer } = core.session();
    await core.consent.give({ preset: params?.preset, writer: params?.writer });
    producer.replan();
    core.hub.emit("mining", producer.state());
    return producer.state();
  },
  async stop_mining(core) {
    await core.consent.withdraw();
    const producer = core.openSession()?.producer;
    producer?.replan();
    const state = producer?.state() ?? idleState(core);
    core.hub.emit("mining", state);
    return state;
  },
  async generate_block(core, params) {
    requireTestStory(core);
    return generateBlock(core.session(), requireWallet(core), params?.text);
  },
};
