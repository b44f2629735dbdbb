/**
 * @module Adds to package-lock.json the optional packages of other platforms that npm left out.
 *
 * A registry mirror that holds only one platform's binaries makes npm write a lockfile without the
 * others, which `npm ci` then refuses ("Missing: … from lock file"). The entries written here carry
 * the exact version their parent names, with os, cpu and libc read off the name, so that a platform
 * skips what is not its own. They have no integrity hash: npm adds it where the package is at hand.
 *
 * Usage, after changing dependencies: npm install && node scripts/complete-lockfile.mjs
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PATH = fileURLToPath(new URL("../package-lock.json", import.meta.url));
const SYSTEMS = [
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "aix",
  "win32",
];
const CPUS = [
  "arm64",
  "arm",
  "x64",
  "ia32",
  "ppc64",
  "riscv64",
  "s390x",
  "loong64",
  "mips64el",
  "wasm32",
];

/** os, cpu and libc of a platform package's name, or `undefined` if it names no platform. */
export function platformOf(name) {
  const words = name.split("/").at(-1).split(/[-.]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = CPUS.find((arch) => words.includes(arch) || words.includes(`${arch}-`));
  const wasm = words.includes("wasm32") || words.includes("wasi");
  if (!os && !wasm) return undefined;
  const musl = words.some((word) => word.startsWith("musl"));
  const glibc = words.some((word) => word.startsWith("gnu"));
  return {
    ...(wasm ? { cpu: ["wasm32"] } : cpu && { cpu: [cpu] }),
    ...(os && { os: [os] }),
    ...(os === "linux" && (musl || glibc) && { libc: [musl ? "musl" : "glibc"] }),
  };
}

/** Returns the lockfile with entries for all optional platform packages, and the names that were added. */
export function complete(lock) {
  const packages = { ...lock.packages };
  const added = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const found = [`${path}/node_modules/${name}`, `node_modules/${name}`];
      if (found.some((key) => packages[key])) continue;
      const platform = platformOf(name);
      if (!platform && name !== "fsevents") continue;
      packages[`node_modules/${name}`] = {
        version: version.replace(/^[\^~]/, ""),
        ...(platform ?? { os: ["darwin"] }),
        ...(entry.dev && { dev: true }),
        ...(!entry.dev && entry.devOptional && { devOptional: true }),
        license: entry.license,
        optional: true,
        ...(entry.engines && { engines: entry.engines }),
      };
      added.push(name);
    }
  }
  const sorted = Object.fromEntries(
    Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
  return { lock: { ...lock, packages: sorted }, added };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { lock, added } = complete(JSON.parse(readFileSync(PATH, "utf8")));
  writeFileSync(PATH, `${JSON.stringify(lock, undefined, 2)}\n`);
  process.stdout.write(`${added.length} entries added\n`);
}
