/**
 * What people call themselves: handle and profile of the addresses that are on screen. Asked for once
 * for each address, a few at a time, and again after names changed; an address without an answer keeps
 * the name that follows from itself.
 *
 * @module
 */
import { create, type StoreApi, type UseBoundStore } from "zustand";
import type { FabulaClient } from "../../peer/rpc/schema.ts";
import type { AccountView } from "../api-types.ts";

/** Handle (without its `@`) and profile, as the ledger has them. */
export type Name = Pick<AccountView, "handle" | "profile">;

/** Names by address; `epoch` moves when all of them are to be asked for again. */
export interface NamesState {
  readonly names: ReadonlyMap<string, Name>;
  readonly epoch: number;
}

/** The store. */
export const useNames: UseBoundStore<StoreApi<NamesState>> = create<NamesState>()(() => ({
  names: new Map(),
  epoch: 0,
}));

/** A book of a thousand hands must not ask a thousand questions at once. */
const AT_ONCE = 8;
const asked = new Map<string, number>();
const waiting: string[] = [];
let busy = false;

/** Asks for the name of `address`, unless that was done in this `epoch`. */
export function askName(client: FabulaClient, address: string, epoch: number): void {
  if (asked.get(address) === epoch) return;
  asked.set(address, epoch);
  waiting.push(address);
  if (!busy) void answerAll(client);
}

async function answerAll(client: FabulaClient): Promise<void> {
  busy = true;
  while (waiting.length > 0) {
    const answers = await Promise.allSettled(
      waiting
        .splice(0, AT_ONCE)
        .map((address) => client.request({ method: "get_account", params: { address } })),
    );
    useNames.setState((state) => {
      const names = new Map(state.names);
      for (const answer of answers) {
        if (answer.status !== "fulfilled") continue;
        const { address, handle, profile } = answer.value;
        names.set(address, { handle, profile });
      }
      return { names };
    });
  }
  busy = false;
}

/** Names changed somewhere: those on screen are asked for again, and stay until the answer. */
export function refreshNames(): void {
  useNames.setState((state) => ({ epoch: state.epoch + 1 }));
}

/** Another story has other names. */
export function forgetNames(): void {
  asked.clear();
  useNames.setState((state) => ({ names: new Map(), epoch: state.epoch + 1 }));
}
