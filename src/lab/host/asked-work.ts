/**
 * What difficulty rules ask of the same finds: a traced scenario under each of them.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import { createRun } from "../create-run.ts";
import { driveRun } from "../drive-run.ts";
import { RETARGET_NAMES, type Scenario } from "../scenario/scenario.ts";
import type { HostPorts } from "./drive-runs.ts";
import type { AskedWork } from "./protocol.ts";

/**
 * The work of every find under every rule, in the order of `RETARGET_NAMES`. Rejects with `no-trace` for a
 * scenario whose blocks are found by chance.
 */
export async function askedWorkOf(
  scenario: Scenario,
  ports: HostPorts,
): Promise<readonly AskedWork[]> {
  const { trace, seeds } = scenario;
  if (trace === null) throw new CodedError("no-trace");
  const asked: AskedWork[] = [];
  for (const rule of RETARGET_NAMES) {
    const run = await createRun({ ...scenario, retarget: rule }, seeds[0] ?? 0);
    const { canon } = await driveRun(run, ports);
    asked.push({ rule, atMs: canon.timestampMs, work: canon.work });
  }
  return asked;
}
