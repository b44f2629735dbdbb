/**
 * Short names for the results of the method table that stores and views pass around.
 *
 * @module
 */
import type { ResultOf } from "../peer/rpc/schema.ts";

/** Everything the shell shows. */
export type StatusView = ResultOf<"get_status">;
/** The open story's genesis. */
export type GenesisView = ResultOf<"get_genesis">;
/** One block with its proof. */
export type BlockView = ResultOf<"get_block">;
/** Height, difficulty, rounds and forks. */
export type NetworkView = ResultOf<"get_network">;
/** One reward. */
export type RewardView = ResultOf<"get_rewards">["rewards"][number];
/** The wallet and the state of its keystore. */
export type WalletView = ResultOf<"get_wallet">;
/** An account: balances, nonces, handle and profile. */
export type AccountView = ResultOf<"get_account">;
/** One of this wallet's own accounts. */
export type OwnAccount = ResultOf<"list_accounts">["accounts"][number];
/** What waits, and what the next blocks would take of it. */
export type MempoolView = ResultOf<"get_mempool">;
/** Supply of both tokens. */
export type SupplyView = ResultOf<"get_supply">;
/** One block's header. */
export type HeaderView = ResultOf<"get_header">;
/** One entry of the codex. */
export type CodexEntry = ResultOf<"get_codex">["entries"][number];
/** Settings of this tab. */
export type SettingsView = ResultOf<"get_settings">;
/** How hard the processor works. */
export type Preset = SettingsView["preset"];
