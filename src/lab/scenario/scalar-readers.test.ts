import { expect, it } from "vitest";
import { parseScenario } from "./parse-scenario.ts";

function named(name: string): string {
  return `agents: { user_agents: [{ is_miner: true, hashrate: 100 }] }\nlab: { name: ${name} }`;
}

it.each([
  '"\\e[31m"',
  '"\\u009b31m"',
  '"\\u202egnp.exe"',
  '"\\u2066a\\u2069"',
  '"a\\u2028b"',
  '"\\ud800"',
])("a text of a stranger may not hold %s: it stands in terminals, tables and titles", (name) => {
  const { scenario, problems } = parseScenario(named(name));
  expect(scenario).toBeNull();
  expect(problems).toMatchObject([{ code: "bad-text", path: "lab.name", line: 2 }]);
});

it.each(["Übung", "שלום", "日本", '"👩‍🚀 out"'])("a text may be %s", (name) => {
  expect(parseScenario(named(name)).problems).toEqual([]);
});
