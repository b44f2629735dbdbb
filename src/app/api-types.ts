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
/** Settings of this tab. */
export type SettingsView = ResultOf<"get_settings">;
/** How hard the processor works. */
export type Preset = SettingsView["preset"];
