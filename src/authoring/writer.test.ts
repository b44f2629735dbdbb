import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkParagraph } from "../kernel/paragraph.ts";
import { createBuiltinWriter } from "./builtin/builtin-writer.ts";
import { builtinAsWriter, canReplay, replayBuiltin } from "./writer.ts";
import type { CodexNote } from "./writing-context.ts";

const corpus = new Uint8Array(
  readFileSync(new URL("../../public/corpus/builtin-v1.txt", import.meta.url)),
);
const builtin = createBuiltinWriter(corpus);
const context = {
  title: "Hours",
  premise: "Orrin sold hours by the ounce.",
  canon: [],
  codex: [],
  maxWords: 140,
};

const CODEX: readonly CodexNote[] = [
  { kind: "character", name: "The Salt Monk", text: "He sells weather." },
  { kind: "place", name: "Veldt", text: "A market under the hill." },
  { kind: "rule", name: "No one speaks after the bells.", text: "Whoever speaks is owed." },
];

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
    expect(replayBuiltin(builtin, context, provenance, text)).toBe("verified");
    expect(replayBuiltin(builtin, context, { ...provenance, seed: 43n }, text)).toBe("differs");
    expect(replayBuiltin(builtin, { ...context, canon: ["Rain."] }, provenance, text)).toBe(
      "differs",
    );
    expect(replayBuiltin(builtin, { ...context, codex: CODEX }, provenance, text)).toBe("differs");
    expect(replayBuiltin(builtin, context, provenance, `${text} `)).toBe("differs");
  });

  test("[PAR-2] a paragraph of the version without a codex is replayed without one", async () => {
    const { text, provenance } = await builtinAsWriter(builtin).draft(context, { seed: 42n });
    const earlier = { ...provenance, algorithmHash: builtin.algorithmHashWithoutCodex };
    expect(replayBuiltin(builtin, context, earlier, text)).toBe("verified");
    expect(replayBuiltin(builtin, { ...context, codex: CODEX }, earlier, text)).toBe("verified");
    expect(replayBuiltin(builtin, context, earlier, `${text} `)).toBe("differs");
  });

  test("[PAR-2] a paragraph of another algorithm is not checked", async () => {
    const { text, provenance } = await builtinAsWriter(builtin).draft(context, { seed: 42n });
    const other = { ...provenance, algorithmHash: new Uint8Array(32) };
    expect(canReplay(builtin, other.algorithmHash)).toBe(false);
    expect(replayBuiltin(builtin, context, other, text)).toBe("not-checked");
  });

  test("an aborted draft rejects with the reason", async () => {
    const reason = new Error("enough");
    await expect(
      builtinAsWriter(builtin).draft(context, { seed: 1n, signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
  });
});
