import { expect, test } from "vitest";
import { hexFromBytes } from "../../kernel/bytes.ts";
import type { CodexNote } from "../writing-context.ts";
import golden from "./golden.json" with { type: "json" };
import { CORPUS_PATH, loadBuiltinWriter } from "./load-builtin.ts";

test("[PAR-2] golden drafts are the same text in a browser", async () => {
  const writer = await loadBuiltinWriter(
    async () => new Uint8Array(await (await fetch(`/${CORPUS_PATH}`)).arrayBuffer()),
  );
  expect(hexFromBytes(writer.algorithmHash)).toBe(golden.algorithmHash);
  for (const { title, premise, canon, codex, maxWords, seed, text } of golden.drafts) {
    const context = { title, premise, canon, codex: codex as CodexNote[], maxWords };
    expect(writer.draft(context, BigInt(seed))).toBe(text);
  }
});
