/**
 * Identity slots (STO-3). A slot is an identity, a wallet and its databases; a tab claims the lowest
 * free one by a Web Lock, so that reopening the site is the same peer, and a second tab is a second one.
 *
 * A page that reloads may ask before the browser has freed its old lock, and would come back as
 * somebody else; it therefore names the slot that it had (kept in `sessionStorage`) as `preferred`, and
 * waits a moment for it.
 *
 * @module
 */
import type { StoryId } from "../kernel/brand.ts";
import { CodedError } from "../kernel/errors.ts";
import { storeErrorFrom } from "./guard.ts";
import { deleteIdbDatabase, idbFactory } from "./idb-database.ts";
import { DEFAULT_TIME_LIMITS, type TimeLimits, type Timer } from "./timeouts.ts";

/** Most tabs of one browser profile that can be peers at once. */
export const MAX_SLOTS = 64;

/** How a slot is chosen. */
export interface ClaimOptions {
  /** Number of slots. */
  readonly max: number;
  /** The slot that this tab had before a reload; waited for, then given up. */
  readonly preferred?: number | undefined;
  readonly preferredTimeoutMs?: number;
  readonly timer?: Timer;
}

/** A claimed slot, from 0; it is free again after `release`, or when the tab or worker ends. */
export interface SlotClaim {
  readonly slot: number;
  release(): void;
}

/** Where the databases are. */
export interface SlotDatabases {
  readonly indexedDB?: IDBFactory | undefined;
  readonly limits?: TimeLimits;
}

/** One story kept in a slot. */
export interface StoryDatabase {
  readonly name: string;
  /** First 16 hex digits of the story's id. */
  readonly storyPrefix: string;
}

/** Name of a slot's `KeyValueStore`, and of its lock. */
export function slotDatabaseName(slot: number): string {
  return `fabula-slot-${slot}`;
}

/** Name of the `Store` of one story in one slot. */
export function storyDatabaseName(slot: number, story: StoryId): string {
  return `fabula-story-${slot}-${story.slice(0, 16)}`;
}

/** Holds a slot's lock until released; `undefined` when it is taken. */
function tryClaim(
  locks: LockManager,
  slot: number,
  options: LockOptions,
): Promise<SlotClaim | undefined> {
  return new Promise((resolve, reject) => {
    locks
      .request(slotDatabaseName(slot), options, (lock) => {
        if (!lock) return resolve(undefined);
        return new Promise<void>((release) => resolve({ slot, release: () => release() }));
      })
      .catch(reject);
  });
}

async function claimPreferred(
  locks: LockManager,
  slot: number,
  timer: Timer,
  timeoutMs: number,
): Promise<SlotClaim | undefined> {
  const controller = new AbortController();
  const cancel = timer.start(timeoutMs, () => controller.abort());
  try {
    return await tryClaim(locks, slot, { signal: controller.signal });
  } catch (error) {
    if (controller.signal.aborted) return undefined;
    throw error;
  } finally {
    cancel();
  }
}

/**
 * Claims the preferred slot if it comes free in time (2 s), else the lowest free one. Rejects with
 * `no-free-slot` {max}, or `locks-unavailable` {reason} where the browser refuses Web Locks.
 */
export async function claimSlot(
  locks: LockManager,
  { max, preferred, preferredTimeoutMs = 2_000, timer = DEFAULT_TIME_LIMITS.timer }: ClaimOptions,
): Promise<SlotClaim> {
  try {
    if (preferred !== undefined && preferred >= 0 && preferred < max) {
      const claim = await claimPreferred(locks, preferred, timer, preferredTimeoutMs);
      if (claim) return claim;
    }
    for (let slot = 0; slot < max; slot++) {
      const claim = await tryClaim(locks, slot, { ifAvailable: true });
      if (claim) return claim;
    }
  } catch (error) {
    throw new CodedError("locks-unavailable", { reason: String(error) }, { cause: error });
  }
  throw new CodedError("no-free-slot", { max });
}

/** The stories kept in a slot; errors as in `Store`. */
export async function listStoryDatabases(
  slot: number,
  databases: SlotDatabases = {},
): Promise<readonly StoryDatabase[]> {
  const prefix = `fabula-story-${slot}-`;
  try {
    const found = await idbFactory(databases.indexedDB).databases();
    return found
      .map(({ name = "" }) => ({ name, storyPrefix: name.slice(prefix.length) }))
      .filter(({ name }) => name.startsWith(prefix))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw storeErrorFrom("list-databases", error);
  }
}

/**
 * Deletes everything of a slot that the caller has claimed: its stories first and its keys last, so
 * that an interrupted erasure can be repeated. Errors as in `Store`.
 */
export async function eraseSlot(slot: number, databases: SlotDatabases = {}): Promise<void> {
  const factory = idbFactory(databases.indexedDB);
  for (const { name } of await listStoryDatabases(slot, databases)) {
    await deleteIdbDatabase(factory, name, databases.limits);
  }
  await deleteIdbDatabase(factory, slotDatabaseName(slot), databases.limits);
}
