/**
 * The token that a call which changes something needs. The one in the data folder goes to a lighthouse on
 * this machine only: another one would learn it and could use it here.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { WriteOptions } from "./options.ts";
import type { Lighthouse } from "./rpc-client.ts";

const OWN_HOSTS: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

async function keptToken(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, "rpc-token"), "utf8")).trim();
  } catch {
    // The lighthouse says that a token is needed, and where it stands.
    return undefined;
  }
}

/** The lighthouse to write to, with the token of `--token` or of the data folder. */
export async function writableLighthouse(options: WriteOptions): Promise<Lighthouse> {
  const { url, token, data } = options;
  if (token !== undefined) return { url, token };
  const isOwn = URL.canParse(url) && OWN_HOSTS.includes(new URL(url).hostname);
  return { url, token: isOwn ? await keptToken(data) : undefined };
}
