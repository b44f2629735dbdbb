/**
 * The traces that decided the shipped difficulty rule (`docs/adr/0011-difficulty-by-measurement.md`): crowds
 * that change as those of a story of tabs do, and attackers who play with the difficulty.
 *
 * @module
 */

/** A scenario to run under each rule. */
export interface Trace {
  readonly id: string;
  readonly title: string;
  readonly yaml: string;
}

/** Two miners of the same id do not go together; the honest ones are named by a count. */
interface Crowd {
  readonly attacker?: number;
  readonly honest: number;
  readonly each: number;
}

const TEN_EQUAL: Crowd = { honest: 10, each: 10 };

function trace(
  id: string,
  title: string,
  lab: string,
  options: { readonly crowd?: Crowd; readonly hours?: number } = {},
): Trace {
  const { attacker, honest, each } = options.crowd ?? TEN_EQUAL;
  const first =
    attacker === undefined
      ? ""
      : `    - { id: attacker, is_miner: true, attributes: { hashrate: "${attacker}" } }\n`;
  const yaml = `agents:
  user_agents:
${first}    - { id: honest, is_miner: true, count: ${honest}, attributes: { hashrate: "${each}" } }
lab:
  name: "${title}"
  engine: autonomous
  pace: 60
  duration: ${options.hours ?? 48}h
  seeds: [1, 2, 3]
  rest: true
  latency: { min: 50ms, max: 400ms }
${lab}`;
  return { id, title, yaml };
}

/** Phases in which all hash rates are multiplied. */
function phases(
  moments: readonly (readonly [hour: number, label: string, factor: number])[],
): string {
  const lines = moments.map(
    ([hour, label, factor]) =>
      `    - { at: ${hour}h, label: ${label}, hashrate_factor: ${factor} }\n`,
  );
  return `  phases:\n${lines.join("")}`;
}

function attack(kind: string): string {
  return `  attackers:\n    - { agent: attacker, kind: ${kind} }\n`;
}

/** Seven days of 16 hours and nights of 8, with these factors. */
function sevenNights(day: number, night: number): string {
  return phases([
    [0, "start", day],
    ...[0, 1, 2, 3, 4, 5, 6].flatMap((number) => [
      [24 * number + 16, "night", night] as const,
      [24 * number + 24, "day", day] as const,
    ]),
  ]);
}

/** All traces; each is a valid scenario of two days, those of seven nights of a week. */
export const TRACES: readonly Trace[] = [
  trace("steady", "Ten miners who stay", ""),
  trace(
    "churn",
    "Tabs come and go",
    "  churn: { who: miners, mean_session: 20m, mean_absence: 40m }\n",
  ),
  trace(
    "five-per-cent",
    "5 % stay for six hours",
    phases([
      [12, "gone", 0.05],
      [18, "back", 1],
    ]),
  ),
  trace(
    "crowd",
    "Ten times as many for a day",
    phases([
      [12, "crowd", 10],
      [36, "gone", 1],
    ]),
  ),
  trace(
    "empty-night",
    "An empty night",
    phases([
      [12, "night", 0],
      [20, "day", 1],
    ]),
  ),
  trace("seven-nights", "Seven nights with 2 %", sevenNights(1, 0.02), { hours: 168 }),
  // The same, of a crowd that has grown so far that even its nights do not meet maxTarget.
  trace("grown-nights", "Seven nights with 2 % of a grown crowd", sevenNights(50, 1), {
    hours: 168,
  }),
  trace("hopper", "Half hops", attack("hopper"), {
    crowd: { attacker: 50, honest: 5, each: 10 },
  }),
  trace("time-shift", "Half stamps ahead", attack("time-shift"), {
    crowd: { attacker: 50, honest: 5, each: 10 },
  }),
  trace("selfish", "35 % withholds", attack("selfish"), {
    crowd: { attacker: 35, honest: 5, each: 13 },
  }),
];
