/**
 * Wallet, settings and the erasing of data.
 *
 * @module
 */
import { CodedError } from "../../../kernel/errors.ts";
import type { PeerCore } from "../../peer-core.ts";
import { balanceAt } from "../../story/chain-facts.ts";
import type { Wallet } from "../../wallet/wallet.ts";
import type { Handlers } from "../handlers.ts";

function walletOf(core: PeerCore): Wallet {
  if (core.wallet === null) throw new CodedError("readonly", { reason: core.ports.readonlyReason });
  return core.wallet;
}

type WalletMethod =
  | "get_wallet"
  | "reveal_phrase"
  | "confirm_phrase"
  | "restore_wallet"
  | "set_passphrase"
  | "unlock_wallet"
  | "get_settings"
  | "set_settings"
  | "erase_data";

/** Handlers of wallet and settings. */
export const walletMethods: Handlers<WalletMethod> = {
  get_wallet(core) {
    const wallet = walletOf(core);
    const chain = core.openSession()?.context.chain;
    const held = chain === undefined ? null : balanceAt(chain, wallet.address);
    return {
      address: wallet.address,
      consumer: (held?.consumer ?? 0n).toString(),
      industrial: (held?.industrial ?? 0n).toString(),
      phraseChecked: wallet.phraseChecked,
      protection: wallet.protection,
      locked: wallet.signer() === null,
    };
  },
  async reveal_phrase(core, params) {
    return { words: [...(await walletOf(core).revealPhrase(params?.passphrase ?? null))] };
  },
  async confirm_phrase(core, { words }) {
    await walletOf(core).confirmPhrase(words);
    core.hub.emit("status", { reason: "settings" });
    return { ok: true };
  },
  async restore_wallet(core, { phrase }) {
    const wallet = walletOf(core);
    await wallet.restore(phrase);
    core.openSession()?.producer.replan();
    core.hub.emit("status", { reason: "settings" });
    return { address: wallet.address };
  },
  async set_passphrase(core, { passphrase, current }) {
    await walletOf(core).setPassphrase(passphrase, current ?? null);
    core.hub.emit("status", { reason: "settings" });
    return { ok: true };
  },
  async unlock_wallet(core, { passphrase }) {
    await walletOf(core).unlock(passphrase);
    core.openSession()?.producer.replan();
    core.hub.emit("status", { reason: "settings" });
    return { ok: true };
  },
  get_settings: (core) => core.settings.get(),
  async set_settings(core, params) {
    const settings = await core.settings.set(params);
    if (params.lighthouses !== undefined) await core.ports.network.addWaysIn(settings.lighthouses);
    core.openSession()?.producer.replan();
    core.hub.emit("status", { reason: "settings" });
    return settings;
  },
  async erase_data(core) {
    await core.shutDown();
    await core.ports.eraseSlot();
    return { ok: true };
  },
};
