/** @module Size budgets (gzip). The shell is what `index.html` loads before the first paint. */
import { existsSync, readFileSync } from "node:fs";

const SITE = "dist/site";
const MANIFEST = `${SITE}/.vite/manifest.json`;

function shellFiles() {
  if (!existsSync(MANIFEST)) return [`${SITE}/index.html`];
  const manifest = JSON.parse(readFileSync(MANIFEST, "utf8"));
  const files = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk || files.has(`${SITE}/${chunk.file}`)) return;
    files.add(`${SITE}/${chunk.file}`);
    for (const css of chunk.css ?? []) files.add(`${SITE}/${css}`);
    for (const next of chunk.imports ?? []) visit(next);
  };
  visit("index.html");
  return [...files];
}

export default [
  { name: "shell (before the first paint)", path: shellFiles(), limit: "160 kB", gzip: true },
  {
    // 120 kB of our own and 150 kB of libsodium, the one strict Ed25519 (SIG-1).
    name: "chain worker",
    path: `${SITE}/assets/chain.worker-*.js`,
    limit: "270 kB",
    gzip: true,
  },
  { name: "miner worker", path: `${SITE}/assets/miner.worker-*.js`, limit: "14 kB", gzip: true },
  {
    // Both engines, libsodium among them; the second part, whole peers for the block controller, is loaded when one runs.
    name: "lab worker",
    path: `${SITE}/assets/{lab.worker,controller-run}-*.js`,
    limit: "350 kB",
    gzip: true,
  },
  {
    // 50 kB of it are the lab's view and its plots.
    name: "all other JavaScript",
    path: [`${SITE}/**/*.js`, `!${SITE}/assets/{lab.worker,controller-run}-*.js`],
    limit: "750 kB",
    gzip: true,
  },
];
