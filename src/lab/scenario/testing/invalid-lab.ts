/**
 * Configurations with one thing wrong, the code that says so, and its line.
 *
 * @module
 */
import { AGENTS, controllerWith, labWith, minerWith, type Row } from "./configurations.ts";

/** `lab`, `general` and `network`. */
export const INVALID_LABS: readonly Row[] = [
  ["a mistyped key", labWith("retaget: fixed"), "unknown-key", 7],
  ["a lab that is a text", AGENTS.replace("lab:", "lab: yes"), "wrong-type", 6],
  ["an unknown engine", labWith("engine: turbo"), "unknown-choice", 7],
  ["an unknown retarget rule", labWith("retarget: lwma"), "unknown-choice", 7],
  ["a seed that is negative", labWith("seed: -1"), "out-of-range", 7],
  ["a seed that is too large", labWith("seed: 4294967296"), "out-of-range", 7],
  ["seed and seeds", labWith("seeds: [1, 2]", "seed: 3"), "seed-twice", 8],
  ["a seed twice", labWith("seeds:", "  - 1", "  - 1"), "duplicate-seed", 9],
  ["no seeds", labWith("seeds: []"), "too-few", 7],
  ["a pace that is too quick", labWith("pace: 500ms"), "out-of-range", 7],
  ["a pace in moons", labWith("pace: 2 moons"), "not-a-time", 7],
  ["a time with a bare number behind", labWith("pace: 1m 30"), "not-a-time", 7],
  ["no blocks", labWith("blocks: 0"), "out-of-range", 7],
  ["a duration of zero", labWith("duration: 0s"), "out-of-range", 7],
  ["a hash rate in watts", labWith("total_hashrate: 1 MW"), "not-a-hash-rate", 7],
  ["no hash rate", labWith("total_hashrate: 0"), "out-of-range", 7],
  ["fewer peers than agents", labWith("peers: 2"), "too-few-peers", 7],
  ["a topology without kind", labWith("topology:", "  degree: 2"), "missing-key", 8],
  ["an unknown topology", labWith("topology: tree"), "unknown-choice", 7],
  [
    "more links than others",
    labWith("topology:", "  kind: random", "  degree: 3"),
    "too-few-peers",
    9,
  ],
  [
    "a ring of two",
    "agents:\n  user_agents:\n    - { is_miner: true, hashrate: 50, count: 2 }\nnetwork:\n  topology: Ring\n",
    "too-few-peers",
    5,
  ],
  ["a negative latency", labWith("latency: -5"), "out-of-range", 7],
  [
    "least latency above the greatest",
    labWith("latency:", "  max: 10", "  min: 20"),
    "latency-reversed",
    9,
  ],
  ["churn of nobody known", labWith("churn: { who: everyone }"), "unknown-choice", 7],
  ["a session of no time", labWith("churn:", "  mean_session: 0"), "out-of-range", 8],
  [
    "an unknown attacker",
    labWith("attackers:", "  - { agent: ana, kind: selfish }"),
    "unknown-agent",
    8,
  ],
  [
    "an attacker that does not mine",
    labWith("attackers:", "  - agent: cleo", "    kind: selfish"),
    "not-a-miner",
    8,
  ],
  [
    "an attacker of no known kind",
    labWith("attackers:", "  - agent: anna", "    kind: rude"),
    "unknown-choice",
    9,
  ],
  ["an attack without kind", labWith("attackers:", "  - agent: anna"), "missing-key", 8],
  [
    "two attacks by one",
    labWith("attackers:", "  - { agent: anna, kind: cheat }", "  - { agent: anna, kind: hopper }"),
    "duplicate-attacker",
    9,
  ],
  [
    "attackers under a controller",
    labWith("engine: controller", "attackers:", "  - { agent: anna, kind: cheat }"),
    "needs-autonomous",
    9,
  ],
  [
    "a rule that real peers do not follow",
    labWith("engine: controller", "retarget: asert"),
    "needs-autonomous",
    8,
  ],
  [
    "an interval below what real peers can keep",
    labWith("engine: controller", "pace: 4s"),
    "out-of-range",
    8,
  ],
  ["a phase without time", labWith("phases:", "  - groups: 2"), "missing-key", 8],
  [
    "phases out of order",
    labWith("phases:", "  - { at: 2h, groups: 2 }", "  - { at: 1h, groups: 1 }"),
    "phases-out-of-order",
    9,
  ],
  [
    "two phases at once",
    labWith("phases:", "  - { at: 1h, groups: 2 }", "  - { at: 60m, groups: 1 }"),
    "phases-out-of-order",
    9,
  ],
  [
    "a phase with a stranger",
    labWith("phases:", "  - at: 1h", "    online: { nobody: false }"),
    "unknown-agent",
    9,
  ],
  [
    "a phase in which a user mines",
    labWith("phases:", "  - at: 1h", "    hashrates:", "      cleo: 10"),
    "not-a-miner",
    10,
  ],
  [
    "a negative factor",
    labWith("phases:", "  - at: 1h", "    hashrate_factor: -1"),
    "out-of-range",
    9,
  ],
  ["more groups than peers", labWith("phases:", "  - { at: 1h, groups: 4 }"), "too-few-peers", 8],
  ["more than all must be in step", labWith("success:", "  min_synced: 101"), "out-of-range", 8],
  ["a negative criterion", labWith("success: { min_blocks: -1 }"), "out-of-range", 7],
  ["a stop time that is a word", `${AGENTS}general:\n  stop_time: never\n`, "not-a-time", 8],
  ["an unknown key of general", `${AGENTS}general:\n  stop_tim: 1h\n`, "unknown-key", 8],
  [
    "a topology that the source does not know",
    `${AGENTS}network:\n  topology: Torus\n`,
    "unknown-choice",
    8,
  ],
];

/** What is read, and perhaps not what was meant. */
export const DOUBTFUL: readonly Row[] = [
  ["a tag of one's own", labWith("name: !mine Ten"), "unknown-tag", 7],
  ["a sum of 90", minerWith('"90"'), "hashrate-sum", 5],
  [
    "a hashrate of one who does not mine",
    "agents:\n  user_agents:\n    - { is_miner: true, hashrate: 100 }\n    - hashrate: 5\n",
    "not-mining",
    4,
  ],
  ["what only the source's tool needs", `${AGENTS}general:\n  log_level: info\n`, "ignored-key", 8],
  [
    "agents that are no peers",
    `agents:\n  user_agents:\n    - { is_miner: true, hashrate: 100 }\n  simulation_monitor: {}\n`,
    "ignored-key",
    4,
  ],
  [
    "a named monitor",
    "agents:\n  miner-1: { hashrate: 100 }\n  monitor: { script: agents.simulation_monitor }\n",
    "ignored-key",
    3,
  ],
  [
    "several blocks in an interval",
    controllerWith("--interval 120", "--blocks 2"),
    "ignored-key",
    6,
  ],
  ["a phase that changes nothing", labWith("phases:", "  - at: 1h"), "empty-phase", 8],
];
