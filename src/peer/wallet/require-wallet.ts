/**
 * The wallet of a peer that may write.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import type { PeerPorts } from "../ports.ts";
import type { Wallet } from "./wallet.ts";

/** The wallet; throws `readonly` {reason} where this peer only reads. */
export function requireWallet(peer: {
  readonly wallet: Wallet | null;
  readonly ports: Pick<PeerPorts, "readonlyReason">;
}): Wallet {
  if (peer.wallet === null) throw new CodedError("readonly", { reason: peer.ports.readonlyReason });
  return peer.wallet;
}
