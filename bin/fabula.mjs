#!/usr/bin/env node
/** @module The `fabula` command: starts the built program, or says how to build it. */
import { existsSync } from "node:fs";

const program = new URL("../dist/node/cli.js", import.meta.url);
if (existsSync(program)) {
  await import(program.href);
} else {
  process.stderr.write("fabula is not built yet. Run `npm ci` or `npm run build:node` first.\n");
  process.exitCode = 1;
}
