import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { coalesce } from "./coalesce.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a burst runs once at once and once afterwards", async () => {
  const task = vi.fn<() => Promise<void>>(async () => undefined);
  const { ask } = coalesce(task, 100);
  for (let count = 0; count < 50; count++) ask();
  expect(task).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(task).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(task).toHaveBeenCalledTimes(2);
});

test("two runs never overlap", async () => {
  let running = 0;
  let most = 0;
  const { ask } = coalesce(async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 500));
    running -= 1;
  }, 10);
  ask();
  for (let count = 0; count < 20; count++) {
    await vi.advanceTimersByTimeAsync(100);
    ask();
  }
  expect(most).toBe(1);
});

test("nothing runs after cancel", async () => {
  const task = vi.fn<() => Promise<void>>(async () => undefined);
  const { ask, cancel } = coalesce(task, 100);
  ask();
  ask();
  cancel();
  ask();
  await vi.advanceTimersByTimeAsync(1000);
  expect(task).toHaveBeenCalledTimes(1);
});
