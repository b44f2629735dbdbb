/**
 * Events arrive in bursts (a sync connects hundreds of blocks a second), but a question to the peer
 * is only worth asking once per burst: one run at a time, and one more after it if asked meanwhile.
 *
 * @module
 */

/** Schedules runs of one task; `cancel` stops for good. */
export interface Coalesced {
  readonly ask: () => void;
  readonly cancel: () => void;
}

/**
 * Runs `task` at once when asked, then at most once per `restMs`. `task` handles its own errors.
 */
export function coalesce(task: () => Promise<void>, restMs: number): Coalesced {
  let state: "idle" | "busy" | "resting" = "idle";
  let asked = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cancelled = false;

  const settle = (): void => {
    state = "resting";
    timer = setTimeout(() => {
      state = "idle";
      if (asked) ask();
    }, restMs);
  };
  const ask = (): void => {
    if (cancelled) return;
    asked = true;
    if (state !== "idle") return;
    asked = false;
    state = "busy";
    void task().finally(() => {
      if (!cancelled) settle();
    });
  };
  const cancel = (): void => {
    cancelled = true;
    clearTimeout(timer);
  };
  return { ask, cancel };
}
