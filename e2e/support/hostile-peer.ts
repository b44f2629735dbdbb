/**
 * The hostile peer as a program of its own: reads one command a line (`{kind, victim}`) and answers with
 * one line on what it did and whether it saw the door shut. Each command is a fresh identity; commands
 * run side by side.
 *
 * @module
 */
import "../../src/mesh/polyfills.ts";
import { createInterface } from "node:readline";
import { bytesFromHex } from "../../src/kernel/bytes.ts";
import { initKernel } from "../../src/kernel/init.ts";
import { openForge } from "./hostile-blocks.ts";
import { ATTACKS } from "./hostile-kinds.ts";
import { connectHostile, type HostileNode } from "./hostile-node.ts";

const ATTEMPTS = 3;

/** A command of the test. */
export interface HostileCommand {
  readonly kind: string;
  readonly victim: string;
  /** Wait for the victim to end the connection, or leave after the attack. */
  readonly cut: boolean;
}

/** What came of a command. */
export interface HostileReport {
  readonly kind: string;
  readonly peer: string;
  readonly blocks: Readonly<Record<string, string>>;
  /** The hostile peer saw the connection close. */
  readonly sawDisconnect: boolean;
  readonly error: string | null;
}

const [genesisHex = "", lighthouse = ""] = process.argv.slice(2);
await initKernel();
const genesis = bytesFromHex(genesisHex);

/** Faults of the attacker's own line, before or between its messages: they say nothing of the victim. */
const LINE_FAULTS =
  /^(CodedError: (request-timeout|peer-gone)|Error: never: (a connection|the victim's))/;

/** WebRTC in Node fails now and then; a fresh identity tries again. What the victim did or left undone counts at once. */
async function runSurely(command: HostileCommand): Promise<HostileReport> {
  for (let attempt = 1; ; attempt++) {
    const report = await run(command);
    if (attempt === ATTEMPTS || !LINE_FAULTS.test(report.error ?? "")) return report;
  }
}

async function run({ kind, victim, cut }: HostileCommand): Promise<HostileReport> {
  const attack = ATTACKS[kind];
  if (attack === undefined) throw new Error(`unknown kind ${kind}`);
  const forge = await openForge(genesis);
  let self: HostileNode;
  try {
    self = await connectHostile({ story: forge.chain.storyId, lighthouse, victim });
  } catch (error) {
    return { kind, peer: "", blocks: {}, sawDisconnect: false, error: String(error) };
  }
  const closed = new Promise<boolean>((resolve) => {
    self.node.addEventListener("connection:close", (event) => {
      if (event.detail.remotePeer.toString() === victim && !self.connected()) resolve(true);
    });
  });
  const follow = (): Promise<void> => forge.follow(self.network, victim);
  try {
    await follow();
    const blocks = (await attack({ forge, self, victim, follow })) ?? {};
    if (cut)
      await Promise.race([closed, self.until(`${kind}: the door shuts`, () => !self.connected())]);
    else
      await self.network.request(victim, Uint8Array.of(4), { timeoutMs: 30_000, maxBytes: 2_000 });
    const report = { kind, peer: self.id, blocks, sawDisconnect: !self.connected(), error: null };
    // One that was not cut off goes on serving what it announced until the test says goodbye.
    if (cut) await self.stop();
    return report;
  } catch (error) {
    await self.stop();
    return {
      kind,
      peer: self.id,
      blocks: {},
      sawDisconnect: !self.connected(),
      error: String(error),
    };
  }
}

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const command = JSON.parse(line) as HostileCommand;
    void runSurely(command).then((report) => process.stdout.write(`${JSON.stringify(report)}\n`));
  })
  .on("close", () => process.exit(0));
process.stdout.write('{"ready":true}\n');
