/**
 * The wallet of this tab and where its rewards came from.
 *
 * @module
 */
import { create, type StoreApi, type UseBoundStore } from "zustand";
import type { FabulaClient } from "../../peer/rpc/schema.ts";
import type { RewardView, WalletView } from "../api-types.ts";
import { errorCode } from "../messages.ts";

/** Null until asked. */
export interface WalletState {
  readonly wallet: WalletView | null;
  readonly rewards: readonly RewardView[];
  readonly rewardsTotal: number;
  readonly failure: string | null;
}

/** The store. */
export const useWallet: UseBoundStore<StoreApi<WalletState>> = create<WalletState>()(() => ({
  wallet: null,
  rewards: [],
  rewardsTotal: 0,
  failure: null,
}));

/** Reads the wallet and its newest rewards. */
export async function loadWallet(client: FabulaClient): Promise<void> {
  try {
    const wallet = await client.request({ method: "get_wallet" });
    useWallet.setState({ wallet, failure: null });
    const { rewards, total } = await client.request({
      method: "get_rewards",
      params: { limit: 100 },
    });
    useWallet.setState({ rewards, rewardsTotal: total });
  } catch (error) {
    useWallet.setState({ failure: errorCode(error) });
  }
}
