/**
 * `lab registry`: the registries of a scenario in the source's shape, as it begins.
 *
 * @module
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { CodedError } from "../kernel/errors.ts";
import { createDiscovery } from "../lab/create-discovery.ts";
import { registryFiles } from "../lab/discovery/registry-files.ts";
import { openOutput, systemReason } from "./lab-files.ts";
import { loadScenario, type ScenarioOptions } from "./lab-scenario.ts";
import { jsonLine, type Output, printable } from "./output.ts";

/** Options of `lab registry`. */
export interface LabRegistryOptions extends Pick<ScenarioOptions, "seed" | "engine"> {
  readonly out?: string;
}

/** Runs the command; rejects as `loadScenario`, and with `file-unwritable` {path, reason}. */
export async function labRegistry(
  path: string,
  options: LabRegistryOptions,
  output: Output,
): Promise<void> {
  const { scenario } = await loadScenario(path, options, output);
  const discovery = await createDiscovery(scenario, scenario.seeds[0] ?? 0);
  const files = Object.entries(registryFiles(discovery, scenario));
  const { out } = options;
  if (out === undefined) {
    const parsed = files.map(([name, text]) => [name, JSON.parse(text) as unknown]);
    output.result(jsonLine(Object.fromEntries(parsed)));
    return;
  }
  await mkdir(out, { recursive: true }).catch((error: unknown) => {
    throw new CodedError("file-unwritable", { path: out, reason: systemReason(error) });
  });
  for (const [name, text] of files) {
    const file = join(out, name);
    await (await openOutput(file)).write(text);
    output.result(printable(file));
  }
}
