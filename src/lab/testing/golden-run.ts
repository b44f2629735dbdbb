/**
 * A run of the autonomous engine that uses all of it, and the log that it must give in every engine.
 *
 * @module
 */
import type { RunRecord } from "../run.ts";
import { runYaml } from "./run-yaml.ts";

const YAML = `agents:
  user_agents:
    - { is_miner: true, attributes: { hashrate: "30" } }
    - { is_miner: true, attributes: { hashrate: "25" } }
    - { is_miner: true, count: 4, attributes: { hashrate: "10" } }
    - { is_miner: true, attributes: { hashrate: "5", transaction_interval: "90" } }
    - user_script: agents.regular_user
      count: 2
      attributes: { transaction_interval: "60", min_transaction_amount: "0.5", max_transaction_amount: "2.0" }
  block_controller:
    script: agents.block_controller
    arguments: ["--interval 60", "--solo-miner-threshold 8"]
lab:
  engine: autonomous
  seed: 2026
  duration: 4h
  peers: 40
  topology: { kind: random, degree: 6 }
  churn: { who: readers, mean_session: 20m, mean_absence: 10m }
  attackers:
    - { agent: user001, kind: selfish, from: 1h }
  phases:
    - { at: 30m, label: crowd, hashrate_factor: 3 }
    - { at: 90m, label: split, groups: 2, latency_factor: 4 }
    - { at: 2h, label: healed, groups: 1, hashrate_factor: 0.1 }
`;

/** What it must give; a change of it is a change of every published log hash, and is made on purpose. */
export const GOLDEN_RUN = {
  logHash: "d4614e8b2940af52c5dd67bfb746e5202b4630650b8e41055d9567978113e675",
  logEvents: 12_181,
};

/** Runs it. */
export function goldenRun(): Promise<RunRecord> {
  return runYaml(YAML);
}
