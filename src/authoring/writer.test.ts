import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkParagraph } from "../kernel/paragraph.ts";
import { createBuiltinWriter } from "./builtin/builtin-writer.ts";
import { builtinAsWriter, replayBuiltin } from "./writer.ts";

const corpus = new Uint8Array(
  readFileSync(new URL("../../public/corpus/builtin-v1.txt", import.meta.url)),
);
const builtin = createBuiltinWriter(corpus);
const context = {
  title: "Hours",
  premise: "Orrin sold hours by the ounce.",
  canon: [],
  maxWords: 140,
};

describe("the writers' common shape", () => {
  test("[PAR-2] a draft's provenance is enough to replay it", async () => {
    const { text, provenance } = await builtinAsWriter(builtin).draft(context, { seed: 42n });
    expect(provenance).toEqual({
      writer: "builtin",
      model: "",
      algorithmHash: builtin.algorithmHash,
      seed: 42n,
    });
    // The kernel takes it as it is: a name belongs to models alone (PAR-1).
    expect(() => checkParagraph({ text, chapter: null, provenance }, 140)).not.toThrow();
    expect(replayBuiltin(builtin, context, provenance.seed, text)).toBe("verified");
    expect(replayBuiltin(builtin, context, 43n, text)).toBe("differs");
    expect(replayBuiltin(builtin, { ...context, canon: ["Rain."] }, provenance.seed, text)).toBe(
      "differs",
    );
    expect(replayBuiltin(builtin, context, provenance.seed, `${text} `)).toBe("differs");
  });

  test("an aborted draft rejects with the reason", async () => {
    const reason = new Error("enough");
    await expect(
      builtinAsWriter(builtin).draft(context, { seed: 1n, signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
  });
});
