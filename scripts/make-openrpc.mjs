/**
 * @module Writes `docs/openrpc.json` from the method table in `src/peer/rpc`, so that the committed
 * description cannot drift (a unit test compares them). Usage: node scripts/make-openrpc.mjs
 */
import { readFile, writeFile } from "node:fs/promises";
import { withTypeScript } from "../bench/typescript.mjs";

const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
const text = await withTypeScript(async (load) => {
  const { openRpcText } = await load("/src/peer/rpc/openrpc.ts");
  return openRpcText(version);
});
await writeFile(new URL("../docs/openrpc.json", import.meta.url), text);
process.stdout.write("docs/openrpc.json written\n");
