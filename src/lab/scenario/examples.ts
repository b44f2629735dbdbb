/**
 * Scenarios to begin with: the published one, and small ones that each show one thing.
 *
 * @module
 */
import { PUBLISHED_EXAMPLE } from "./published-example.ts";

/** A scenario that is offered in the editor. */
export interface Example {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly yaml: string;
}

const EQUAL_MINERS = `lab:
  name: "Ten equal miners"
  description: "Everybody has a tenth of the hash rate; how even are the shares of blocks?"
  pace: 60
  blocks: 2000
agents:
  user_agents:
    - is_miner: true
      count: 10
      attributes:
        hashrate: "10"
`;

const LONG_TAIL = `lab:
  name: "A long tail"
  description: "One large miner, a few middling ones, and many small ones that also pay."
  engine: autonomous
  pace: 60
  blocks: 1000
agents:
  user_agents:
    - id: large
      is_miner: true
      attributes:
        hashrate: "40"
    - id: middling
      is_miner: true
      count: 4
      attributes:
        hashrate: "10"
    - id: small
      is_miner: true
      count: 20
      attributes:
        hashrate: "1"
        transaction_interval: 20m
  block_controller:
    arguments:
      - "--interval 60"
      - "--solo-miner-threshold 2"
`;

const SLOW_NETWORK = `lab:
  name: "A slow network and a quick pace"
  description: "Blocks every five seconds, and seconds until everybody has heard of one: forks."
  pace: 5
  blocks: 2000
  # Without the rest, only latency decides who builds on what.
  rest: false
  topology: ring
  latency:
    min: 200ms
    max: 800ms
    verify: 20ms
  success:
    # Hardly ever has everybody heard of the newest block.
    min_synced: 0
agents:
  user_agents:
    - is_miner: true
      count: 8
      attributes:
        hashrate: "12.5"
`;

const THOUSAND_READERS = `lab:
  name: "A thousand readers for a day"
  description: "Ten write, everybody else reads along; tabs of readers come and go."
  pace: 60
  duration: 24h
  peers: 1000
  topology:
    kind: random
    degree: 8
  latency:
    min: 20ms
    max: 200ms
  churn:
    who: readers
    mean_session: 40m
    mean_absence: 20m
  success:
    # Tabs that opened a moment ago are still catching up.
    min_synced: 80
agents:
  user_agents:
    - is_miner: true
      count: 10
      attributes:
        hashrate: "10"
`;

const SELFISH = `lab:
  name: "A selfish miner"
  description: "35 % of the hash rate withholds its blocks; by Eyal and Sirer with ties that fall by lot this pays above a quarter."
  pace: 30
  blocks: 5000
  # The theory knows no rest and a difficulty that stays.
  rest: false
  retarget: fixed
  topology: mesh
  latency: 20ms
  attackers:
    - agent: selfish
      kind: selfish
  success:
    # The end may fall into a race between two branches.
    min_synced: 0
agents:
  user_agents:
    - id: selfish
      is_miner: true
      attributes:
        hashrate: "35"
    - id: honest
      is_miner: true
      count: 5
      attributes:
        hashrate: "13"
`;

const MAJORITY = `lab:
  name: "A majority attack"
  description: "After an hour, 60 % of the hash rate builds secret branches and takes back six blocks or more."
  pace: 60
  blocks: 600
  rest: false
  attackers:
    - agent: attacker
      kind: majority
      from: 1h
      depth: 6
agents:
  user_agents:
    - id: attacker
      is_miner: true
      attributes:
        hashrate: "60"
    - id: honest
      is_miner: true
      count: 4
      attributes:
        hashrate: "10"
`;

const CHURN = `lab:
  name: "Tabs come and go"
  description: "Every tab stays ten minutes and is away for twenty: the hash rate is never the same."
  pace: 60
  duration: 12h
  peers: 100
  churn:
    who: all
    mean_session: 10m
    mean_absence: 20m
agents:
  user_agents:
    - is_miner: true
      count: 25
      attributes:
        hashrate: "4"
`;

const EVERYONE_LEAVES = `lab:
  name: "Everyone goes home"
  description: "A busy day; at night all but one leave, and in the morning they are back."
  pace: 60
  duration: 24h
  phases:
    - at: 8h
      label: "Everyone goes home"
      online:
        all: false
        night-owl: true
    - at: 16h
      label: "Morning"
      online:
        all: true
agents:
  user_agents:
    - id: night-owl
      is_miner: true
      attributes:
        hashrate: "5"
    - id: day
      is_miner: true
      count: 19
      attributes:
        hashrate: "5"
`;

const EMPTY_NIGHT = `lab:
  name: "An empty night"
  description: "For eight hours nobody is there. With retarget: asert the morning makes up for it, four blocks for each that the pace asks for."
  pace: 60
  duration: 24h
  retarget: relief
  phases:
    - at: 6h
      label: "Everybody leaves"
      online:
        all: false
    - at: 14h
      label: "Everybody is back"
      online:
        all: true
agents:
  user_agents:
    - is_miner: true
      count: 10
      attributes:
        hashrate: "10"
`;

/** All examples, the published one first. */
export const EXAMPLES: readonly Example[] = [
  {
    id: "published",
    title: "The published example",
    summary:
      "Seven miners with 5 to 25 % each, one user, and a controller that chooses every 120 s.",
    yaml: PUBLISHED_EXAMPLE,
  },
  {
    id: "equal-miners",
    title: "Ten equal miners",
    summary: "The plainest case: shares of blocks against shares of the hash rate.",
    yaml: EQUAL_MINERS,
  },
  {
    id: "long-tail",
    title: "A long tail",
    summary: "One large miner, four middling ones, and twenty solo miners that pay as users do.",
    yaml: LONG_TAIL,
  },
  {
    id: "slow-network",
    title: "A slow network and a quick pace",
    summary: "Blocks every five seconds around a ring with long delays: forks and stale blocks.",
    yaml: SLOW_NETWORK,
  },
  {
    id: "thousand-readers",
    title: "A thousand readers for a day",
    summary: "Ten miners, 990 readers that come and go, a block a minute for 24 hours.",
    yaml: THOUSAND_READERS,
  },
  {
    id: "selfish-miner",
    title: "A selfish miner",
    summary: "35 % of the hash rate withholds its blocks.",
    yaml: SELFISH,
  },
  {
    id: "majority",
    title: "A majority attack",
    summary: "60 % of the hash rate builds secret branches and takes back six blocks or more.",
    yaml: MAJORITY,
  },
  {
    id: "churn",
    title: "Tabs come and go",
    summary: "A hundred tabs, a third of them open at a time.",
    yaml: CHURN,
  },
  {
    id: "everyone-leaves",
    title: "Everyone goes home",
    summary: "Twenty miners by day, one by night: what the difficulty does.",
    yaml: EVERYONE_LEAVES,
  },
  {
    id: "empty-night",
    title: "An empty night",
    summary:
      "Nobody is there for eight hours: which rule comes back at its pace, and which rushes.",
    yaml: EMPTY_NIGHT,
  },
];
