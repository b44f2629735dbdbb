/**
 * Under which addresses a lighthouse can be reached: what it announces to peers, and what its links say.
 *
 * @module
 */
import { networkInterfaces } from "node:os";
import { CodedError } from "../kernel/errors.ts";
import { multiaddrFromHost } from "./site-info.ts";

/** What decides about the addresses. */
export interface AddressChoice {
  /** Address the public port listens on. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** What the operator says, for a machine behind a name, a proxy or a tunnel. */
  readonly publicUrl?: string | undefined;
}

/** Every address of this machine that `host` covers. */
function hostsOf(host: string): readonly string[] {
  if (host !== "0.0.0.0" && host !== "::") return [host];
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter(({ family }) => family === "IPv4").map(({ address }) => address);
}

/** Checks a public address; throws `bad-public-url` {value}. */
export function checkPublicUrl(value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new CodedError("bad-public-url", { value });
  return url;
}

/** Multiaddrs to announce, without the peer id. */
export function announcedAddresses(choice: AddressChoice): readonly string[] {
  const reached = choice.publicUrl
    ? [checkPublicUrl(choice.publicUrl)]
    : hostsOf(choice.host).map(
        (host) =>
          new URL(
            `${choice.tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${choice.port}`,
          ),
      );
  return reached.flatMap((url) => {
    const secure = url.protocol === "https:";
    const multiaddr = multiaddrFromHost({ host: url.host, secure, peerId: "" });
    return multiaddr ? [multiaddr.replace(/\/p2p\/$/, "")] : [];
  });
}
