/**
 * The modules of the ledger (TX-6). To add one: write `src/ledger/modules/<name>.ts` with a
 * `LedgerModule` whose layout starts with a version byte and whose state entries carry names of their own
 * (`docs/PROTOCOL.md`, table of the state map), and add its line below. Nothing else knows the modules by
 * name: fees, nonces, prices, receipts and the RPC's `submit_operation` work for it at once. It changes
 * consensus: peers without the line refuse its transactions as `unknown_module`.
 *
 * @module
 */
import { codex } from "./codex.ts";
import { handles } from "./handles.ts";
import type { LedgerModule } from "./module.ts";
import { profile } from "./profile.ts";

/** All modules. */
export const MODULES: readonly LedgerModule[] = [
  handles, // names for addresses
  codex, // what the story is about
  profile, // how an address is shown
];

/** What the name of a system account starts with (TX-1). */
export const SYSTEM_PREFIX = "sys/";

const BY_ACCOUNT: ReadonlyMap<string, LedgerModule> = new Map(
  MODULES.map((module) => [SYSTEM_PREFIX + module.name, module]),
);

/** The module of a system account (`sys/handles` → handles); undefined for every other name. */
export function moduleOf(account: string): LedgerModule | undefined {
  return BY_ACCOUNT.get(account);
}
