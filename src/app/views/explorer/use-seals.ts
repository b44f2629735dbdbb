/**
 * The microblocks that were sealed on a key block. A sealed one never changes, so each is asked for once.
 *
 * @module
 */
import { useCallback, useRef } from "react";
import { useQuery } from "../../components/use-query.ts";
import { useClient } from "../../services-context.ts";
import { useLedger } from "../../stores/ledger-store.ts";

/** One microblock. */
export interface Seal {
  readonly id: string;
  readonly microIndex: number;
  readonly timestampMs: number;
  readonly sizeBytes: number;
  readonly transactions: number;
}

/** The microblocks on `block`, oldest first; empty until they are known. */
export function useSeals(block: string): readonly Seal[] {
  const client = useClient();
  const mark = useLedger((state) => state.mark);
  const known = useRef(new Map<string, Seal>());
  const ask = useCallback(async () => {
    const { microblocks } = await client.request({ method: "get_block", params: { block } });
    const fresh = microblocks.filter((id) => !known.current.has(id));
    const views = await Promise.all(
      fresh.map((id) => client.request({ method: "get_block", params: { block: id } })),
    );
    for (const { header, encodedBody, receipts } of views) {
      known.current.set(header.hash, {
        id: header.hash,
        microIndex: header.microIndex,
        timestampMs: header.timestampMs,
        sizeBytes: (header.encoded.length + encodedBody.length) / 2,
        transactions: receipts.block,
      });
    }
    return microblocks.flatMap((id) => known.current.get(id) ?? []);
  }, [client, block]);
  return useQuery(ask, mark).data ?? NONE;
}

const NONE: readonly Seal[] = [];
