import { describe, expect, it } from "vitest";
import { EXAMPLES } from "./examples.ts";
import { parseScenario } from "./parse-scenario.ts";
import type { Scenario } from "./scenario.ts";
import { stopAt } from "./stop-at.ts";

const MINER = "agents: { user_agents: [{ id: anna, is_miner: true, hashrate: 100 }] }\n";

/** The scenario of a configuration without any problem. */
function read(yaml: string): Scenario {
  const { scenario, problems } = parseScenario(yaml, { strict: true });
  expect(problems).toEqual([]);
  if (scenario === null) throw new Error("no scenario");
  return scenario;
}

/** Ids of those for whom `isMeant` is true. */
function ids(
  scenario: Scenario,
  isMeant: (agent: Scenario["agents"][number]) => boolean,
): string[] {
  return scenario.agents.filter(isMeant).map(({ id }) => id);
}

describe("indentation by tabs", () => {
  it("is told as such, once a line, and not by what follows from it", () => {
    const yaml = 'agents:\n  user_agents:\n\t- is_miner: true\n\t  hashrate: "25"\nlab: {}\n';
    const { problems } = parseScenario(yaml);
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ["tab-indent", 3],
      ["tab-indent", 4],
    ]);
    expect(problems[0]?.message).toBe("This is not YAML: Tabs are not allowed as indentation.");
  });
});

describe("the sum of the hash rates", () => {
  const warnings = (hashrates: readonly string[]): readonly string[] => {
    const miners = hashrates.map((text) => `    - { is_miner: true, hashrate: "${text}" }`);
    const { problems } = parseScenario(`agents:\n  user_agents:\n${miners.join("\n")}\n`);
    return problems.map(({ code }) => code);
  };

  it.each([
    [["33.33", "33.33", "33.33"]],
    [["33.3", "33.3", "33.3"]],
    [["16.667", "16.667", "16.667", "16.667", "16.667", "16.667"]],
    [["49.9999999", "49.9999999"]],
    [["50", "50.0"]],
  ])("of %j is 100 but for rounding", (hashrates) => {
    expect(warnings(hashrates)).toEqual([]);
  });

  it.each([
    [["33", "33", "33"]],
    [["45", "45"]],
    [["33.3", "33.3", "33.1"]],
    [["99.9"]],
    [Array.from({ length: 198 }, () => "0.5")],
  ])("of %j is not", (hashrates) => {
    expect(warnings(hashrates)).toEqual(["hashrate-sum"]);
  });

  it("is not told of a group whose number is wrong", () => {
    const yaml =
      "agents:\n  user_agents:\n    - { is_miner: true, hashrate: 0.001, count: 100000 }\n";
    expect(parseScenario(yaml).problems.map(({ code }) => code)).toEqual(["out-of-range"]);
  });
});

describe("the published example", () => {
  const yaml = EXAMPLES[0]?.yaml ?? "";

  it("runs unchanged, with a warning on the line of the first hash rate", () => {
    const { scenario, problems } = parseScenario(yaml);
    expect(problems).toEqual([
      {
        severity: "warning",
        code: "hashrate-sum",
        line: 8,
        column: 19,
        path: "agents",
        message: "The hash rates sum to 90, not 100; each is divided by the sum.",
      },
    ]);
    expect(scenario?.engine).toBe("controller");
    expect(scenario?.paceMs).toBe(120_000);
    expect(scenario?.soloMinerThreshold).toBe(2);
    expect(scenario?.peers).toBe(8);
    const agents = scenario?.agents ?? [];
    expect(agents.map(({ id }) => id)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((index) => `user00${String(index)}`),
    );
    expect(agents.map(({ hashrate }) => hashrate)).toEqual([25, 25, 10, 10, 10, 5, 5, 0]);
    expect(agents[0]?.weight).toBe(25 / 90);
    expect(agents.map(({ user }) => user)).toEqual([
      ...Array.from({ length: 7 }, () => null),
      { transactionIntervalMs: 60_000, minAmount: 500_000, maxAmount: 2_000_000 },
    ]);
  });

  it("is refused when read strictly, by the same line", () => {
    const { scenario, problems } = parseScenario(yaml, { strict: true });
    expect(scenario).toBeNull();
    expect(problems).toMatchObject([{ severity: "error", code: "hashrate-sum", line: 8 }]);
  });
});

describe("a configuration that leaves all open", () => {
  it("is completed", () => {
    expect(read(MINER)).toEqual({
      name: "Scenario",
      description: "",
      engine: "autonomous",
      seeds: [12_345],
      paceMs: 60_000,
      retarget: "relief",
      rest: true,
      totalHashesPerSecond: 1_000_000,
      initialTarget: null,
      maxTarget: null,
      trace: null,
      stop: { blocks: 2_000, durationMs: 100 * 2_000 * 60_000 },
      agents: [
        {
          id: "anna",
          isMiner: true,
          hashrate: 100,
          weight: 1,
          isSolo: false,
          user: null,
          attack: null,
          daemon: "",
          wallet: "",
          userScript: "",
          attributes: {},
        },
      ],
      peers: 1,
      topology: { kind: "mesh", degree: 1 },
      latency: { minMs: 20, maxMs: 120, verifyMs: 5 },
      churn: null,
      phases: [],
      soloMinerThreshold: 0,
      success: {
        minBlocks: 1,
        minSynced: 0.9,
        minTransactionsIncluded: 0,
        maxHeightSpread: 10,
        maxPool: 50,
      },
    });
  });

  it("has no limit of blocks when it says how long it takes, and the source's settings where ours are silent", () => {
    const source =
      "general: { simulation_seed: 7, stop_time: 30m }\nnetwork: { topology: Dag, latency: 50ms }\n";
    const scenario = read(source + MINER);
    expect(scenario.seeds).toEqual([7]);
    expect(scenario.stop).toEqual({ blocks: 1_000_000, durationMs: 1_800_000 });
    expect(scenario.topology.kind).toBe("dag");
    expect(scenario.latency).toEqual({ minMs: 50, maxMs: 50, verifyMs: 5 });
    const ours = read(
      `${source}${MINER}lab: { seeds: [1, 2], duration: 1h, topology: star, latency: { max: 90 } }\n`,
    );
    expect(ours.seeds).toEqual([1, 2]);
    expect(ours.stop.durationMs).toBe(3_600_000);
    expect(ours.topology.kind).toBe("star");
    expect(ours.latency).toEqual({ minMs: 50, maxMs: 90, verifyMs: 5 });
  });

  it("is a random network with eight links from 17 peers on", () => {
    expect(read(`${MINER}lab: { peers: 16 }\n`).topology).toEqual({ kind: "mesh", degree: 8 });
    expect(read(`${MINER}lab: { peers: 17 }\n`).topology).toEqual({ kind: "random", degree: 8 });
  });
});

describe("a trace", () => {
  const two =
    "agents: { user_agents: [{ id: anna, is_miner: true, hashrate: 60 }, { id: bela, is_miner: true, hashrate: 40 }] }\n";

  it("is read as times since the start and numbers of agents, exact to the millisecond", () => {
    const { trace, stop } = read(
      `${two}lab: { trace: [[61.2, bela], [15, anna], ["1m 5s", "bela"]] }\n`,
    );
    expect(trace).toEqual([
      { atMs: 61_200, agent: 1 },
      { atMs: 76_200, agent: 0 },
      { atMs: 141_200, agent: 1 },
    ]);
    expect(stop).toEqual({ blocks: 1_000_000, durationMs: 141_200 + 125 + 1 });
  });

  it("lasts until its last find has crossed the network, however slow that becomes", () => {
    const end = (lab: string): number =>
      read(`${two}lab: { trace: [[60, anna]], ${lab} }\n`).stop.durationMs - 60_000;
    expect(end("latency: { min: 0, max: 0, verify: 0 }")).toBe(1);
    expect(end("topology: star, peers: 30, latency: 50")).toBe(2 * 55 + 1);
    expect(end("topology: ring, peers: 30, latency: 50")).toBe(30 * 55 + 1);
    expect(end("peers: 1000, latency: 50")).toBe(40 * 55 + 1);
    expect(end("latency: 50, phases: [{ at: 1, latency_factor: 3 }]")).toBe(155 + 1);
    expect(end("duration: 1h")).toBe(3_540_000);
  });

  it("ends where it ends, also when more blocks are asked for than it has", () => {
    const scenario = read(`${two}lab: { trace: [[60, anna], [30, bela]] }\n`);
    expect(stopAt(scenario, 500)).toEqual({ blocks: 500, durationMs: scenario.stop.durationMs });
  });

  it("begins with the targets that are written", () => {
    const { initialTarget, maxTarget, trace } = read(
      `${two}lab: { initial_target: 1D00ffff, max_target: "1d0ffff0" }\n`,
    );
    expect({ initialTarget, maxTarget, trace }).toEqual({
      initialTarget: 0x1d_00_ff_ff,
      maxTarget: 0x1d_0f_ff_f0,
      trace: null,
    });
  });
});

describe("hash rates", () => {
  it.each([
    ["33.3 + 33.3 + 33.4", [33.3, 33.3, 33.4]],
    ["ten times 0.1 and 99", [...Array.from({ length: 10 }, () => 0.1), 99]],
  ])("%s are exactly 100", (_, hashrates) => {
    const agents = hashrates.map((rate) => `{ is_miner: true, hashrate: "${String(rate)}" }`);
    const scenario = read(`agents: { user_agents: [${agents.join(", ")}] }\n`);
    expect(scenario.agents[0]?.weight).toBe(hashrates[0] === 0.1 ? 0.001 : 0.333);
  });

  it("whose sum is not 100 are told with all its digits", () => {
    const { problems } = parseScenario(
      "agents: { user_agents: [{ is_miner: true, hashrate: 99.000000001 }] }\n",
    );
    expect(problems[0]?.message).toContain("99.000000001");
  });

  it("are each one's of a count", () => {
    const scenario = read(
      "agents: { user_agents: [{}, { is_miner: true, hashrate: 50, count: 2 }, { id: n, count: 2 }] }\n",
    );
    expect(scenario.agents.map(({ id }) => id)).toEqual([
      "user000",
      "user001",
      "user002",
      "n-1",
      "n-2",
    ]);
    expect(scenario.agents.map(({ weight }) => weight)).toEqual([0, 0.5, 0.5, 0, 0]);
  });
});

describe("who pays", () => {
  it("are users, and miners below the threshold", () => {
    const scenario = read(`agents:
  user_agents:
    - { id: large, is_miner: true, attributes: { hashrate: 97 } }
    - { id: edge, is_miner: true, attributes: { hashrate: 2 } }
    - { id: solo, is_miner: true, attributes: { hashrate: 1, transaction_interval: 5m } }
    - { id: node, daemon: monerod }
    - { id: rich, attributes: { min_transaction_amount: "7.000001" } }
  block_controller:
    arguments: ["--solo-miner-threshold", "2"]
`);
    expect(ids(scenario, ({ isSolo }) => isSolo)).toEqual(["solo"]);
    expect(ids(scenario, ({ user }) => user !== null)).toEqual(["solo", "rich"]);
    expect(scenario.agents[2]?.user).toEqual({
      transactionIntervalMs: 300_000,
      minAmount: 500_000,
      maxAmount: 2_000_000,
    });
    expect(scenario.agents[4]?.user).toMatchObject({ minAmount: 7_000_001, maxAmount: 7_000_001 });
  });
});

describe("the newer form of the source", () => {
  it("names its agents, and who has a hashrate mines", () => {
    const scenario = read(`agents:
  miner-001: { daemon: monerod, wallet: monero-wallet-rpc, script: agents.autonomous_miner, hashrate: 100 }
  user-001: { daemon: monerod, script: agents.regular_user, transaction_interval: 120 }
`);
    expect(scenario.engine).toBe("autonomous");
    expect(ids(scenario, ({ isMiner }) => isMiner)).toEqual(["miner-001"]);
    expect(ids(scenario, ({ user }) => user !== null)).toEqual(["user-001"]);
  });
});

describe("phases", () => {
  it("tell groups of agents first, and what one is told goes before", () => {
    const { phases } = read(`agents:
  user_agents:
    - { id: anna, is_miner: true, hashrate: 60 }
    - { id: bela, is_miner: true, hashrate: 40 }
    - { id: cleo }
lab:
  phases:
    - { at: 1h, online: { anna: true, all: false } }
    - { at: 2h, label: Split, groups: 2, latency_factor: 2.5, hashrates: { anna: 10 } }
    - { at: 3h, online: { miners: false, all: true }, hashrate_factor: 0.5 }
`);
    expect(phases).toEqual([
      { atMs: 3_600_000, label: "Phase 1", online: { anna: true, bela: false, cleo: false } },
      { atMs: 7_200_000, label: "Split", groups: 2, latencyFactor: 2.5, hashrates: { anna: 10 } },
      {
        atMs: 10_800_000,
        label: "Phase 3",
        hashrateFactor: 0.5,
        online: { anna: false, bela: false, cleo: true },
      },
    ]);
  });
});

describe("what is written", () => {
  it("is read with its unit", () => {
    const scenario = read(`${MINER}lab:
  pace: 1m 30s
  duration: 1.5d
  latency: { min: 0.5s, max: 2s, verify: 1 }
  total_hashrate: 2.5 kH/s
  churn: { who: miners, mean_session: 90, mean_absence: 1h30m }
`);
    expect(scenario.paceMs).toBe(90_000);
    expect(scenario.stop.durationMs).toBe(129_600_000);
    expect(scenario.latency).toEqual({ minMs: 500, maxMs: 2_000, verifyMs: 1 });
    expect(scenario.totalHashesPerSecond).toBe(2_500);
    expect(scenario.churn).toEqual({
      who: "miners",
      meanSessionMs: 90_000,
      meanAbsenceMs: 5_400_000,
    });
  });

  it("may be written once and named again", () => {
    const scenario = read(`agents:
  user_agents:
    - &miner { is_miner: true, attributes: &half { hashrate: 50, x_city: Basel } }
    - { is_miner: true, attributes: *half }
    - { wallet: w }
`);
    expect(scenario.agents[1]?.attributes).toEqual({ hashrate: "50", x_city: "Basel" });
  });

  it("is told with several problems at once, by line, and what was probably meant", () => {
    const { problems } = parseScenario(`lab:
  retarget: asret
  pase: 60
agents:
  user_agents:
    - is_miner: yes
      attributes: { hashrat: 100 }
`);
    expect(problems.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 13, "unknown-choice"],
      [3, 3, "unknown-key"],
      [6, 7, "missing-hashrate"],
      [7, 21, "unknown-key"],
    ]);
    expect(problems[0]?.message).toContain('Did you mean "asert"?');
    expect(problems[1]?.message).toContain('Did you mean "pace"?');
    expect(problems[3]?.message).toContain('Did you mean "hashrate"?');
    expect(problems[3]?.path).toBe("agents.user_agents[0].attributes.hashrat");
  });

  it("finds agents that attack", () => {
    const scenario = read(
      `${MINER}lab: { attackers: [{ agent: anna, kind: majority, from: 10m, depth: 3 }] }\n`,
    );
    expect(scenario.agents[0]?.attack).toEqual({ kind: "majority", fromMs: 600_000, depth: 3 });
  });
});
