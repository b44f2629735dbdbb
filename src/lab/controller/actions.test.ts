import { describe, expect, it } from "vitest";
import { CodedError } from "../../kernel/errors.ts";
import { createActions } from "./actions.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("createActions", () => {
  it("runs one after the other, and settles when the last has ended", async () => {
    const actions = createActions(turn);
    const seen: string[] = [];
    for (const name of ["a", "b"]) {
      actions.run(async () => {
        seen.push(`${name} begins`);
        await turn();
        await turn();
        seen.push(`${name} ends`);
        if (name === "a") actions.run(async () => void seen.push("c"));
      });
    }
    await actions.settle();
    expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends", "c"]);
  });

  it("gives one turn where nothing is to be done", async () => {
    let turns = 0;
    const actions = createActions(async () => void turns++);
    await actions.settle();
    expect(turns).toBe(1);
  });

  it("rejects with what an action threw, from then on", async () => {
    const actions = createActions(turn);
    actions.run(async () => {
      throw new CodedError("first");
    });
    actions.run(async () => {
      throw new CodedError("second");
    });
    await expect(actions.settle()).rejects.toMatchObject({ code: "first" });
    await expect(actions.settle()).rejects.toMatchObject({ code: "first" });
  });

  it("gives up on an action that waits for time, which stands still", async () => {
    const actions = createActions(async () => {});
    actions.run(() => new Promise(() => {}));
    await expect(actions.settle()).rejects.toMatchObject({ code: "lab-stalled" });
  });
});
