import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { CORPUS_PATH, loadBuiltinWriter } from "./load-builtin.ts";

const corpusUrl = new URL(`../../../public/${CORPUS_PATH}`, import.meta.url);

test("the corpus is fetched once, and only when a writer is asked for", async () => {
  let fetches = 0;
  const fetchCorpus = async (): Promise<Uint8Array> => {
    fetches++;
    return readFile(corpusUrl);
  };
  const [one, two] = await Promise.all([
    loadBuiltinWriter(fetchCorpus),
    loadBuiltinWriter(fetchCorpus),
  ]);
  expect(one).toBe(two);
  expect(fetches).toBe(1);
});

test("a failed load can be tried again; another file is refused", async () => {
  let attempts = 0;
  const flaky = async (): Promise<Uint8Array> => {
    attempts++;
    return attempts === 1 ? new TextEncoder().encode("<!doctype html>") : readFile(corpusUrl);
  };
  await expect(loadBuiltinWriter(flaky)).rejects.toMatchObject({ code: "bad-corpus" });
  await expect(loadBuiltinWriter(flaky)).resolves.toBeDefined();
  expect(attempts).toBe(2);
});
