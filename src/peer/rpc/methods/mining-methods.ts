/**
 * Consent and mining.
 *
 * @module
 */
import { CodedError } from "../../../kernel/errors.ts";
import type { Handlers } from "../dispatch.ts";

/** Handlers that start and stop the producer. */
export const miningMethods: Handlers<"start_mining" | "stop_mining"> = {
  async start_mining(core, params) {
    if (core.wallet === null)
      throw new CodedError("readonly", { reason: core.ports.readonlyReason });
    await core.consent.give({ preset: params?.preset, writer: params?.writer });
    const { producer } = core.session();
    producer.replan();
    core.hub.emit("mining", producer.state());
    return producer.state();
  },
  async stop_mining(core) {
    await core.consent.withdraw();
    const { producer } = core.session();
    producer.replan();
    core.hub.emit("mining", producer.state());
    return producer.state();
  },
};
