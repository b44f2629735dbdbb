/**
 * Configurations with one thing wrong, the code that says so, and its line.
 *
 * @module
 */
import { AGENTS, controllerWith, minerWith, type Row, userWith } from "./configurations.ts";

/** Texts that are no configuration. */
export const NOT_READABLE: readonly Row[] = [
  ["nothing", "", "empty", 1],
  ["only a comment", "# later\n", "empty", 1],
  ["a tab as indent", "agents:\n\tuser_agents: []\n", "tab-indent", 2],
  ["an open bracket", "agents: [\n", "not-yaml", 2],
  ["an open quote", 'lab:\n  name: "Ten\n', "not-yaml", 3],
  ["a key that is a list", "? [a]\n: b\n", "not-yaml", 1],
  ["two documents", "agents: {}\n---\nagents: {}\n", "many-documents", 2],
  ["an alias of nothing", "agents:\n  user_agents: *nobody\n", "unknown-alias", 2],
  ["an alias of itself", "agents: &a\n  user_agents: *a\n", "unknown-alias", 2],
  ["one word", "miners\n", "wrong-type", 1],
  ["a list", "- agents\n", "wrong-type", 1],
];

/** Agents. */
export const INVALID_AGENTS: readonly Row[] = [
  ["no agents", "lab:\n  pace: 60\n", "missing-key", 1],
  ["agents that are absent", "lab:\n  pace: 60\nagents:\n", "missing-key", 3],
  ["an unknown key at the top", `${AGENTS}agent: 1\n`, "unknown-key", 7],
  ["an empty list of agents", "agents:\n  user_agents: []\n", "too-few", 2],
  ["a controller and nobody else", "agents:\n  block_controller: {}\n", "missing-key", 2],
  ["an agent that is a text", "agents:\n  user_agents:\n    - monerod\n", "wrong-type", 3],
  [
    "attributes that are a list",
    "agents:\n  user_agents:\n    - is_miner: true\n      attributes:\n        - hashrate\n",
    "wrong-type",
    5,
  ],
  ["nobody who mines", "agents:\n  user_agents:\n    - daemon: monerod\n", "no-miners", 3],
  [
    "a miner without hashrate",
    "agents:\n  user_agents:\n    - daemon: monerod\n      is_miner: true\n",
    "missing-hashrate",
    3,
  ],
  ["a hashrate that is empty", minerWith(""), "missing-hashrate", 3],
  ["a negative hashrate", minerWith('"-25"'), "out-of-range", 5],
  ["a hashrate of zero", minerWith("0"), "out-of-range", 5],
  ["a hashrate that is no number", minerWith("a quarter"), "not-a-number", 5],
  ["a hashrate of NaN", minerWith(".nan"), "not-a-number", 5],
  ["an infinite hashrate", minerWith(".inf"), "not-a-number", 5],
  ["a hashrate with a sign of per cent", minerWith('"25%"'), "not-a-number", 5],
  ["a hexadecimal hashrate", minerWith("0x19"), "not-a-number", 5],
  ["a hashrate with ten decimal places", minerWith("33.3333333333"), "not-a-number", 5],
  ["a hashrate beyond all units", minerWith("1000000000001"), "out-of-range", 5],
  ["a hashrate that is a list", minerWith("[25]"), "wrong-type", 5],
  ["a hashrate given twice", `${minerWith("50")}        hashrate: 50\n`, "duplicate-key", 6],
  ["a mistyped attribute", `${minerWith("100")}        hashrat: 50\n`, "unknown-key", 6],
  [
    "a mistyped key of an agent",
    "agents:\n  user_agents:\n    - is_miner: true\n      hashrate: 100\n      demon: monerod\n",
    "unknown-key",
    5,
  ],
  [
    "is_miner that is neither true nor false",
    "agents:\n  user_agents:\n    - is_miner: maybe\n",
    "wrong-type",
    3,
  ],
  [
    "two agents of one id",
    "agents:\n  user_agents:\n    - { id: a, is_miner: true, hashrate: 100 }\n    - { id: a }\n",
    "duplicate-id",
    4,
  ],
  [
    "an id like one that was counted",
    "agents:\n  user_agents:\n    - { id: user001, is_miner: true, hashrate: 100 }\n    - {}\n",
    "duplicate-id",
    4,
  ],
  [
    "an id with a space",
    "agents:\n  user_agents:\n    - { is_miner: true, hashrate: 100,\n        id: a b }\n",
    "bad-id",
    4,
  ],
  [
    "an id that stands for many",
    "agents:\n  user_agents:\n    - { id: all, is_miner: true, hashrate: 100 }\n",
    "reserved-id",
    3,
  ],
  [
    "the block controller's id",
    "agents:\n  user_agents:\n    - { id: blockcontroller, is_miner: true, hashrate: 100 }\n",
    "reserved-id",
    3,
  ],
  [
    "an id that every object has",
    "agents:\n  user_agents:\n    - { id: constructor, is_miner: true, hashrate: 100 }\n",
    "reserved-id",
    3,
  ],
  [
    "a count of none",
    "agents:\n  user_agents:\n    - { is_miner: true, hashrate: 100, count: 0 }\n",
    "out-of-range",
    3,
  ],
  [
    "half an agent",
    "agents:\n  user_agents:\n    - { is_miner: true, hashrate: 100, count: 1.5 }\n",
    "not-a-number",
    3,
  ],
  [
    "least above most",
    userWith("max_transaction_amount: 1", "min_transaction_amount: 2"),
    "amounts-reversed",
    5,
  ],
  ["a payment of nothing", userWith("min_transaction_amount: 0"), "out-of-range", 4],
  ["half a micro-unit", userWith("min_transaction_amount: 0.0000005"), "not-a-number", 4],
  ["a bad interval", userWith("x_note: ok", "transaction_interval: soon"), "not-a-time", 5],
  ["an interval of zero", userWith("transaction_interval: 0"), "out-of-range", 4],
  [
    "a control character in a text",
    'agents:\n  user_agents:\n    - { is_miner: true, hashrate: 100,\n        daemon: "a\\u0007" }\n',
    "bad-text",
    4,
  ],
  [
    "a named agent with a negative hashrate",
    "agents:\n  miner-1:\n    daemon: monerod\n    hashrate: -1\n",
    "out-of-range",
    4,
  ],
];

/** The block controller. */
export const INVALID_CONTROLLERS: readonly Row[] = [
  [
    "an unknown argument",
    controllerWith("--interval 120", "--solo-miner-treshold 2"),
    "unknown-key",
    6,
  ],
  ["an argument without value", controllerWith("--interval"), "bad-argument", 5],
  ["a value without argument", controllerWith('"120"'), "bad-argument", 5],
  [
    "an argument given twice",
    controllerWith("--interval 60", "--interval 120"),
    "duplicate-key",
    6,
  ],
  ["an interval that is no time", controllerWith("--interval often"), "not-a-time", 5],
  ["a negative interval", controllerWith("--interval -120"), "out-of-range", 5],
  ["an interval below what a story allows", controllerWith("--interval=1"), "out-of-range", 5],
  ["a threshold above all", controllerWith("--solo-miner-threshold 101"), "out-of-range", 5],
  [
    "arguments that are no list",
    "agents:\n  user_agents:\n    - { is_miner: true, hashrate: 100 }\n  block_controller:\n    arguments: --interval 120\n",
    "wrong-type",
    5,
  ],
];
