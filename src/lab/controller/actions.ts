/**
 * What the lab does to its peers (start, stop, call), one thing after the other, while virtual time stands
 * still. Starting a peer derives keys in another thread; if the clock ran on meanwhile, a run would
 * depend on how fast that thread is.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";

/** Turns of the event loop that actions may take together; the slowest, a key derivation, takes some thousand. */
const MAX_TURNS = 1_000_000;

/** A queue of actions. */
export interface Actions {
  /** Runs `task` after all that came before. A rejection ends the run. */
  run(task: () => Promise<void>): void;
  /** Lets every promise settle, and every action end; throws what an action threw, or `lab-stalled`. */
  settle(): Promise<void>;
}

/** An empty queue; `turn` resolves in a later turn of the event loop. */
export function createActions(turn: () => Promise<void>): Actions {
  let last: Promise<void> = Promise.resolve();
  let pending = 0;
  /** Once an action threw, every later `settle` does. */
  let failed: Promise<void> | null = null;
  return {
    run(task) {
      pending++;
      last = last
        .then(task)
        .catch((reason: unknown) => {
          failed ??= Promise.reject(reason);
          failed.catch(() => {});
        })
        .finally(() => {
          pending--;
        });
    },
    async settle() {
      await turn();
      for (let turns = 1; pending > 0; turns++) {
        if (turns === MAX_TURNS) throw new CodedError("lab-stalled");
        await turn();
      }
      if (failed !== null) await failed;
    },
  };
}
