/**
 * @module How fast the lab's autonomous engine is, and how much memory it takes: whole runs of the
 * command line, its start included.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const name = "lab";
export const description =
  "simulated blocks a second with 10 miners; seconds for a day of 1,000 peers; memory of 10,000 peers";
export const targets = [
  { key: "blocksPerSecond", atLeast: 10_000 },
  { key: "thousandPeersSeconds", atMost: 60 },
  { key: "tenThousandPeersMegabytes", atMost: 1_000 },
];

const BLOCKS = 100_000;
const POLL_MS = 50;

const scenario = (lab) => `agents:
  user_agents:
    - { is_miner: true, count: 10, attributes: { hashrate: "10" } }
lab: { ${lab} }
`;

/** Peak of the resident set of a process, in MB; `null` where the system does not tell. */
function peakMegabytes(pid) {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1_000;
  } catch {
    return null;
  }
}

/** Runs a scenario; resolves to seconds, peak memory and the report. */
async function labRun(folder, yaml) {
  const file = join(folder, "scenario.yaml");
  await writeFile(file, yaml);
  const startedMs = performance.now();
  const child = spawn(process.execPath, ["bin/fabula.mjs", "lab", "run", file, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let megabytes = null;
  const poll = setInterval(() => {
    megabytes = peakMegabytes(child.pid) ?? megabytes;
  }, POLL_MS);
  const output = [];
  child.stdout.on("data", (data) => output.push(data));
  const code = await new Promise((resolve) => child.on("close", resolve));
  clearInterval(poll);
  if (code !== 0) throw new Error(`lab run ended with ${code}`);
  const seconds = (performance.now() - startedMs) / 1_000;
  return { seconds, megabytes, report: JSON.parse(Buffer.concat(output).toString()) };
}

/** Needs the built command (`npm run build:node`). */
export async function run(log) {
  const folder = await mkdtemp(join(tmpdir(), "fabula-bench-"));
  try {
    log(`  ${BLOCKS} blocks of ten miners …`);
    const ten = await labRun(folder, scenario(`blocks: ${BLOCKS}`));
    log("  a day of 1,000 peers …");
    const thousand = await labRun(folder, scenario("duration: 24h, peers: 1000"));
    log("  a day of 10,000 peers …");
    const many = await labRun(folder, scenario("duration: 24h, peers: 10000"));
    return {
      blocksPerSecond: ten.report.blocks / ten.seconds,
      tenMinersMegabytes: ten.megabytes,
      thousandPeersSeconds: thousand.seconds,
      thousandPeersMegabytes: thousand.megabytes,
      tenThousandPeersSeconds: many.seconds,
      tenThousandPeersMegabytes: many.megabytes,
      tenThousandPeersBlocks: many.report.blocks,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
