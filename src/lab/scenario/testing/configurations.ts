/**
 * Small configurations that tests write their mistakes into.
 *
 * @module
 */

/** Lines 1 to 6: two miners and a user that are right. */
export const AGENTS = `agents:
  user_agents:
    - { id: anna, is_miner: true, attributes: { hashrate: "60" } }
    - { id: bela, is_miner: true, attributes: { hashrate: "40" } }
    - { id: cleo, user_script: agents.regular_user }
lab:
`;

/** An agent list whose one miner has `hashrate` in line 5. */
export function minerWith(hashrate: string): string {
  return `agents:
  user_agents:
    - is_miner: true
      attributes:
        hashrate: ${hashrate}
`;
}

/** A user with attributes that begin in line 4. */
export function userWith(...attributes: readonly string[]): string {
  return `agents:
  user_agents:
    - user_script: agents.regular_user
      attributes: { ${attributes.join(",\n        ")} }
    - { is_miner: true, hashrate: 100 }
`;
}

/** A controller whose arguments begin in line 5. */
export function controllerWith(...args: readonly string[]): string {
  const lines = args.map((argument) => `      - ${argument}\n`).join("");
  return `agents:
  block_controller:
    script: agents.block_controller
    arguments:
${lines}  user_agents:
    - { is_miner: true, hashrate: 100 }
`;
}

/** `lab` with lines that begin in line 7. */
export function labWith(...lines: readonly string[]): string {
  return AGENTS + lines.map((line) => `  ${line}\n`).join("");
}

export type Row = readonly [what: string, yaml: string, code: string, line: number];
