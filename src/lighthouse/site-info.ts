/**
 * `fabula.json`: what a page needs to join through this lighthouse. The addresses are made from the
 * very name under which the page reached us, so that they work behind routers, proxies and tunnels.
 *
 * @module
 */

/** What a multiaddr is made from. */
export interface Reached {
  /** The request's Host header: name or address, with or without port. */
  readonly host: string;
  /** True over https, also when a proxy in front of us ends the TLS. */
  readonly secure: boolean;
  /** libp2p id of the relay behind this port. */
  readonly peerId: string;
}

const IPV4 = /^(\d{1,3})(\.\d{1,3}){3}$/;
const NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** The multiaddr of this lighthouse as the client reached it; `undefined` for a Host that is none. */
export function multiaddrFromHost({ host, secure, peerId }: Reached): string | undefined {
  const scheme = secure ? "https" : "http";
  if (/[/?#@\\\s]/.test(host) || !URL.canParse(`${scheme}://${host}`)) return undefined;
  const url = new URL(`${scheme}://${host}`);
  const port = url.port || (secure ? "443" : "80");
  const tail = `tcp/${port}/${secure ? "tls/ws" : "ws"}/p2p/${peerId}`;
  const name = url.hostname;
  if (name.startsWith("[")) return `/ip6/${name.slice(1, -1)}/${tail}`;
  if (IPV4.test(name)) return `/ip4/${name}/${tail}`;
  return NAME.test(name) ? `/dns4/${name}/${tail}` : undefined;
}
