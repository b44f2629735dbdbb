/**
 * Reads the tip of a data folder that no process uses: what `fabula tip` falls back to.
 *
 * @module
 */
import { access } from "node:fs/promises";
import { join } from "node:path";
import { createChain } from "../chain/create-chain.ts";
import { hexFromBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import { decodeGenesis, storyIdOf } from "../kernel/genesis.ts";
import { initKernel } from "../kernel/init.ts";
import { stateRoot } from "../ledger/state-map.ts";
import type { TipView } from "../peer/rpc/shapes.ts";
import { openLevelStore } from "../storage/level-store.ts";
import { GENESIS_FILE, openDataFolder } from "./data-folder.ts";

/** A tip that was read from the disk, with what had to be left out. */
export interface StoredTip {
  readonly tip: TipView;
  readonly title: string;
  /** Codes of records that were found damaged; the tip is the best intact one. */
  readonly faults: readonly string[];
}

/**
 * The best intact block in a data folder. Rejects with `no-data-folder` {path}, `data-folder-in-use`,
 * and the codes of the store.
 */
export async function readStoredTip(path: string): Promise<StoredTip> {
  try {
    await access(join(path, GENESIS_FILE));
  } catch {
    throw new CodedError("no-data-folder", { path });
  }
  await initKernel();
  const folder = await openDataFolder(path);
  try {
    const genesis = decodeGenesis((await folder.genesis()) ?? new Uint8Array());
    const store = await openLevelStore({ folder: folder.storyFolder(storyIdOf(genesis)) });
    try {
      const { chain, faults } = await createChain({ genesis, store });
      const { id, height, totalWork, timestampMs } = chain.tip();
      return {
        tip: {
          hash: id,
          height,
          work: String(totalWork),
          timestampMs,
          stateRoot: hexFromBytes(stateRoot(chain.headState())),
        },
        title: genesis.title,
        faults: faults.map(({ code }) => code),
      };
    } finally {
      await store.close();
    }
  } finally {
    await folder.release();
  }
}
