/**
 * `get_account` and the history of a handle, read from the state at the head.
 *
 * @module
 */
import { addressFromHex } from "../../../kernel/brand.ts";
import { hexFromBytes } from "../../../kernel/bytes.ts";
import {
  handleHistory,
  handleOfAddress,
  handleOwner,
} from "../../../ledger/modules/handle-state.ts";
import { profileOf } from "../../../ledger/modules/profile.ts";
import { accountKey, accountOf } from "../../../ledger/state.ts";
import { stateGet } from "../../../ledger/state-map.ts";
import type { PeerCore } from "../../peer-core.ts";
import type { ResultOf } from "../schema.ts";
import { handleFrom } from "./handle-names.ts";
import { amountsView } from "./transaction-view.ts";

/** Answers `get_account`; an address that never received anything has zeros. */
export function accountView(core: PeerCore, hex: string): ResultOf<"get_account"> {
  const { context, payments } = core.session();
  const state = context.chain.headState();
  const address = addressFromHex(hex);
  const { consumer, industrial, nonce } = accountOf(state, address);
  const profile = profileOf(state, address);
  const pool = payments.pool();
  return {
    address,
    exists: stateGet(state, accountKey(address)) !== undefined,
    ...amountsView({ consumer, industrial }),
    nonce: String(nonce),
    nextNonce: String(pool.nextNonce(address)),
    reserved: amountsView(pool.reserved(address)),
    handle: handleOfAddress(state, address) ?? null,
    profile:
      profile === undefined
        ? null
        : { name: profile.name, colour: profile.colour, avatar: hexFromBytes(profile.avatar) },
  };
}

/** Answers `get_handle`; what can be no handle was never anybody's. */
export function handleView(core: PeerCore, typed: string): ResultOf<"get_handle"> {
  const state = core.session().context.chain.headState();
  const handle = handleFrom(typed);
  if (handle === null) return { handle: typed, owner: null, history: [] };
  return {
    handle,
    owner: handleOwner(state, handle) ?? null,
    history: handleHistory(state, handle).map(({ owner, height }) => ({ owner, height })),
  };
}
