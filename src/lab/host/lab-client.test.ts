import { describe, expect, it } from "vitest";
import { createLabClient, type LabThread } from "./lab-client.ts";

/** A worker thread that answers `help` with an empty list, or as the test says. */
class FakeThread extends EventTarget implements LabThread {
  isTerminated = false;
  readonly isMute: boolean;
  constructor(isMute: boolean) {
    super();
    this.isMute = isMute;
  }
  postMessage(message: unknown): void {
    const { id } = message as { readonly id: number };
    if (this.isMute) return;
    queueMicrotask(() => {
      this.dispatchEvent(new MessageEvent("message", { data: { kind: "result", id, value: [] } }));
    });
  }
  terminate(): void {
    this.isTerminated = true;
  }
  crash(message: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }
}

function startClient(mute: readonly boolean[]): {
  readonly client: ReturnType<typeof createLabClient>;
  readonly threads: FakeThread[];
} {
  const threads: FakeThread[] = [];
  const client = createLabClient(
    () => {
      const thread = new FakeThread(mute[threads.length] ?? false);
      threads.push(thread);
      return thread;
    },
    { progress: () => {}, snapshot: () => {} },
  );
  return { client, threads };
}

describe("the page's side of the lab", () => {
  it("starts no worker before it is needed, and then one", async () => {
    const { client, threads } = startClient([]);
    expect(threads).toHaveLength(0);
    await client.call("help", null);
    await client.call("help", null);
    expect(threads).toHaveLength(1);
  });

  it("fails the calls of a worker that dies, and starts another for the next one", async () => {
    const { client, threads } = startClient([true, false]);
    const lost = client.call("help", null);
    threads[0]?.crash("out of memory");
    await expect(lost).rejects.toMatchObject({
      code: "thread-gone",
      data: { reason: "out of memory" },
    });
    expect(threads[0]?.isTerminated).toBe(true);
    await expect(client.call("help", null)).resolves.toEqual([]);
    expect(threads).toHaveLength(2);
  });

  it("gives up on a message that cannot be read", async () => {
    const { client, threads } = startClient([true]);
    const lost = client.call("help", null);
    threads[0]?.dispatchEvent(new Event("messageerror"));
    await expect(lost).rejects.toMatchObject({ code: "thread-gone" });
  });
});
