/**
 * Gives way to waiting messages and comes back at once. `setTimeout(0)` is clamped to 4 ms in
 * browsers, a quarter of a slice; `scheduler.yield()` comes back *before* waiting messages.
 *
 * @module
 */

/**
 * A function that resolves in a later macrotask. In Node by `setImmediate`: there a message that a
 * port sends to itself is delivered in the same turn, up to a thousand times, before other ports
 * are looked at, so a new job would wait for seconds.
 */
export function createMessageYield(): () => Promise<void> {
  const immediate: unknown = Reflect.get(globalThis, "setImmediate");
  if (typeof immediate === "function") {
    return () => new Promise((resolve) => immediate(resolve));
  }
  const { port1, port2 } = new MessageChannel();
  let resume: (() => void) | undefined;
  port1.addEventListener("message", () => resume?.());
  port1.start();
  return () =>
    new Promise((resolve) => {
      resume = resolve;
      port2.postMessage(null);
    });
}
