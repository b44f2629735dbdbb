import { describe, expect, it } from "vitest";
import type { SignedTransaction } from "../../kernel/transaction.ts";
import { createTravelling } from "./travelling.ts";

const transaction = {} as SignedTransaction;

describe("payments on their way", () => {
  it("are forgotten after ten minutes, and when everybody has them", () => {
    const travelling = createTravelling(3);
    const first = travelling.add({ transaction, createdMs: 0, wanted: 3 }, 1);
    const second = travelling.add({ transaction, createdMs: 599_999, wanted: 2 }, 0);
    expect(travelling.get(first)).toMatchObject({ known: Uint8Array.of(0, 1, 0), reached: 1 });
    const third = travelling.add({ transaction, createdMs: 600_000, wanted: 2 }, 0);
    expect(travelling.get(first)).toBeUndefined();
    travelling.arrived(second);
    expect([second, third].map((number) => travelling.get(number)?.createdMs)).toEqual([
      undefined,
      600_000,
    ]);
  });

  it("take no more memory than they may: the oldest go no further", () => {
    const travelling = createTravelling(1_000, 50_000);
    const numbers = Array.from({ length: 80 }, () =>
      travelling.add({ transaction, createdMs: 0, wanted: 2 }, 7),
    );
    const left = numbers.filter((number) => travelling.get(number) !== undefined);
    expect(left).toEqual(numbers.slice(-50));
  });
});
