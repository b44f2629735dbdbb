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
  | "lock_wallet"
  | "list_accounts"
  | "add_account"
  | "select_account"
  | "rename_account"
  | "import_account"
  | "export_account"
  | "get_settings"
  | "set_settings"
  | "erase_data";

/** The miner goes on as whoever signs now, and pages ask again. */
function changed(core: PeerCore): void {
  core.openSession()?.producer.replan();
  core.hub.emit("status", { reason: "settings" });
}

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
    changed(core);
    return { ok: true };
  },
  async restore_wallet(core, { phrase }) {
    const wallet = walletOf(core);
    await wallet.restore(phrase);
    changed(core);
    return { address: wallet.address };
  },
  async set_passphrase(core, { passphrase, current }) {
    await walletOf(core).setPassphrase(passphrase, current ?? null);
    changed(core);
    return { ok: true };
  },
  async unlock_wallet(core, { passphrase }) {
    await walletOf(core).unlock(passphrase);
    changed(core);
    return { ok: true };
  },
  async lock_wallet(core) {
    await walletOf(core).lock();
    changed(core);
    return { ok: true };
  },
  list_accounts(core) {
    const wallet = walletOf(core);
    const chain = core.openSession()?.context.chain;
    return {
      accounts: wallet.accounts().map((account) => {
        const held = chain === undefined ? null : balanceAt(chain, account.address);
        return {
          ...account,
          active: account.address === wallet.address,
          consumer: (held?.consumer ?? 0n).toString(),
          industrial: (held?.industrial ?? 0n).toString(),
        };
      }),
    };
  },
  async add_account(core, params) {
    const address = await walletOf(core).addAccount(params?.name ?? null);
    changed(core);
    return { address };
  },
  async select_account(core, { address }) {
    await walletOf(core).selectAccount(address);
    changed(core);
    return { ok: true };
  },
  async rename_account(core, { address, name }) {
    await walletOf(core).renameAccount(address, name);
    changed(core);
    return { ok: true };
  },
  async import_account(core, { pem, name }) {
    const address = await walletOf(core).importAccount(pem, name ?? null);
    changed(core);
    return { address };
  },
  async export_account(core, { address, passphrase }) {
    return { pem: await walletOf(core).exportAccount(address, passphrase ?? null) };
  },
  get_settings: (core) => core.settings.get(),
  async set_settings(core, params) {
    const settings = await core.settings.set(params);
    if (params.lighthouses !== undefined) await core.ports.network.addWaysIn(settings.lighthouses);
    changed(core);
    return settings;
  },
  async erase_data(core) {
    await core.shutDown();
    await core.ports.eraseSlot();
    return { ok: true };
  },
};
