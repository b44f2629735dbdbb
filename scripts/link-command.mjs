/**
 * @module Makes `npx fabula` work in this checkout right after `npm ci`, also offline.
 *
 * With a `bin` field, npx would install this package into its own cache first, which needs a
 * registry; a command in `node_modules/.bin` it simply runs. So `prepare` puts one there.
 */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../node_modules/.bin/", import.meta.url));
mkdirSync(folder, { recursive: true });
rmSync(`${folder}fabula`, { force: true });
if (process.platform === "win32") {
  writeFileSync(`${folder}fabula.cmd`, '@node "%~dp0\\..\\..\\bin\\fabula.mjs" %*\r\n');
} else {
  symlinkSync("../../bin/fabula.mjs", `${folder}fabula`);
}
