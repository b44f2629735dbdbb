import { describe, expect, it } from "vitest";
import { createProgressLine } from "./lab-progress.ts";

const PROGRESS = {
  done: 0.256,
  simulatedMs: 7_200_000,
  height: 1_234,
  found: 1_240,
  etaMs: 61_500,
};

function terminal(stream: { readonly isTTY?: boolean; readonly columns?: number }) {
  const written: string[] = [];
  let nowMs = 0;
  const line = createProgressLine(
    { ...stream, write: (text) => written.push(text) },
    () => nowMs,
    "",
  );
  const wait = (ms: number): void => {
    nowMs += ms;
  };
  return { line, written, wait };
}

describe("createProgressLine", () => {
  it("redraws one line ten times a second at most, and takes it away", () => {
    const { line, written, wait } = terminal({ isTTY: true, columns: 120 });
    line.show(PROGRESS);
    line.show(PROGRESS);
    wait(100);
    line.show({ ...PROGRESS, etaMs: null });
    line.clear();
    line.clear();
    expect(written).toEqual([
      "\r\u001b[K25 %, 1,234 blocks, 2 h simulated, about 1 min 2 s left",
      "\r\u001b[K25 %, 1,234 blocks, 2 h simulated",
      "\r\u001b[K",
    ]);
  });

  it("never breaks the line, and says nothing where nobody watches", () => {
    const narrow = terminal({ isTTY: true, columns: 20 });
    narrow.line.show(PROGRESS);
    expect(narrow.written).toEqual(["\r\u001b[K25 %, 1,234 blocks,"]);
    const pipe = terminal({});
    pipe.line.show(PROGRESS);
    pipe.line.clear();
    expect(pipe.written).toEqual([]);
  });
});
