/**
 * Loads the built-in writer when it is first asked for, and once: the corpus is fetched only by tabs
 * that write. The loader is injected, because a page fetches and Node reads a file.
 *
 * @module
 */
import { type BuiltinWriter, createBuiltinWriter } from "./builtin-writer.ts";

/** The corpus, relative to the site's base (in Node: to the `public` folder). */
export const CORPUS_PATH = "corpus/builtin-v1.txt";

const loaded = new WeakMap<() => Promise<Uint8Array>, Promise<BuiltinWriter>>();

/**
 * The writer for a loader; later calls with the same loader share it. A failed load is forgotten, so
 * that it can be tried again. Rejects with the loader's error or `bad-corpus`.
 */
export async function loadBuiltinWriter(
  fetchCorpus: () => Promise<Uint8Array>,
): Promise<BuiltinWriter> {
  let writer = loaded.get(fetchCorpus);
  if (writer === undefined) {
    writer = fetchCorpus().then(createBuiltinWriter);
    loaded.set(fetchCorpus, writer);
    writer.catch(() => loaded.delete(fetchCorpus));
  }
  return writer;
}
