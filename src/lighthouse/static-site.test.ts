import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createStaticSite } from "./static-site.ts";

const SCRIPT = "export const answer = 42;\n".repeat(50);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fabula-static-"));
  await writeFile(join(folder, "a.js"), SCRIPT);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function bodyOf(path: string): Promise<Buffer> {
  const answer = await createStaticSite(folder).serve({
    path,
    acceptEncoding: "gzip, br",
    ifNoneMatch: undefined,
  });
  expect(answer?.headers["Content-Encoding"]).toBe("br");
  return answer?.body ?? Buffer.alloc(0);
}

it("sends the build's own compression where it is there", async () => {
  const built = brotliCompressSync(SCRIPT);
  await writeFile(join(folder, "a.js.br"), built);
  expect((await bodyOf("/a.js")).equals(built)).toBe(true);
});

it("compresses by itself where it is not", async () => {
  expect(brotliDecompressSync(await bodyOf("/a.js")).toString()).toBe(SCRIPT);
});
