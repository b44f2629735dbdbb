/**
 * As much of a peer as methods that read payments ask for: a real chain, and a real mempool on its head.
 * Test-only.
 *
 * @module
 */
import type { Chain } from "../../../../chain/create-chain.ts";
import { bytesFromHex } from "../../../../kernel/bytes.ts";
import { accountKey, accountOf } from "../../../../ledger/state.ts";
import { stateGet } from "../../../../ledger/state-map.ts";
import { createMempool } from "../../../../mempool/create-mempool.ts";
import type { MempoolLimits } from "../../../../mempool/limits.ts";
import type { Mempool } from "../../../../mempool/mempool.ts";
import type { PeerCore } from "../../../peer-core.ts";

/** A core and the pool behind it. */
export interface ReadingCore {
  readonly core: PeerCore;
  readonly pool: Mempool;
}

/** The core of a chain; whatever else a method asks of it is not there. */
export function readingCore(chain: Chain, limits: Partial<MempoolLimits> = {}): ReadingCore {
  const pool = createMempool({
    storyId: bytesFromHex(chain.storyId),
    limits,
    view: {
      account(address) {
        const state = chain.headState();
        const isThere = stateGet(state, accountKey(address)) !== undefined;
        return isThere ? accountOf(state, address) : undefined;
      },
    },
  });
  const session = { context: { chain }, payments: { pool: () => pool, isQueued: () => false } };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test double of the part that is read
  return { pool, core: { session: () => session } as unknown as PeerCore };
}
