import { afterEach, describe, expect, it, vi } from "vitest";
import type { PageApi } from "../threads/contract.ts";
import { startWorker } from "./start-worker.ts";

/** Restarts within the window, and the window. */
const MAX_RESTARTS = 3;
const WINDOW_MS = 60_000;

/** A worker thread that answers nothing; the test lets it crash. */
class FakeWorker extends EventTarget {
  terminated = false;
  postMessage(): void {}
  terminate(): void {
    this.terminated = true;
  }
  crash(message: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }
}

afterEach(() => {
  vi.restoreAllMocks();
});

function supervise(): { readonly workers: FakeWorker[]; readonly booted: Promise<unknown> } {
  const workers: FakeWorker[] = [];
  const { booted } = startWorker(
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker as unknown as Worker;
    },
    () => ({}) as never,
    {} as PageApi,
  );
  booted.catch(() => {});
  return { workers, booted };
}

describe("[NET-6] a chain worker that crashes", () => {
  it("is started again a few times a minute, and then no more", async () => {
    let nowMs = 0;
    vi.spyOn(performance, "now").mockImplementation(() => nowMs);
    const { workers, booted } = supervise();
    for (let crash = 0; crash < MAX_RESTARTS; crash++) {
      nowMs += 1_000;
      workers.at(-1)?.crash("out of memory");
      expect(workers).toHaveLength(crash + 2);
    }
    nowMs += 1_000;
    workers.at(-1)?.crash("out of memory");
    expect(workers).toHaveLength(1 + MAX_RESTARTS);
    expect(workers.every(({ terminated }) => terminated)).toBe(true);
    await expect(booted).rejects.toMatchObject({
      code: "thread-gone",
      data: { reason: "out of memory" },
    });
  });

  it("is started again however often, if it lives long enough", () => {
    let nowMs = 0;
    vi.spyOn(performance, "now").mockImplementation(() => nowMs);
    const { workers } = supervise();
    for (let crash = 0; crash < 4 * MAX_RESTARTS; crash++) {
      nowMs += WINDOW_MS / MAX_RESTARTS;
      workers.at(-1)?.crash("out of memory");
    }
    expect(workers).toHaveLength(1 + 4 * MAX_RESTARTS);
  });
});
