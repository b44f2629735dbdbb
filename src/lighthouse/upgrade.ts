/**
 * Decides about WebSocket upgrades on the one public port: `/ws` is RPC, `/` is the relay's. Counts
 * them, altogether and by address, because an open socket costs more than a request.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { PublicServices } from "./http-app.ts";
import {
  MAX_RELAY_SOCKETS,
  MAX_RELAY_SOCKETS_PER_ADDRESS,
  MAX_RPC_SOCKETS,
  MAX_RPC_SOCKETS_PER_ADDRESS,
} from "./limits.ts";
import { proxyToRelay } from "./relay-proxy.ts";
import { isOwnOrigin } from "./rpc-access.ts";
import { createRpcSockets } from "./rpc-sockets.ts";

/** How many sockets of a kind may be open. */
export interface SocketCaps {
  readonly total: number;
  readonly perAddress: number;
}

/** What the router needs besides the shared services. */
export interface UpgradeOptions {
  /** Loopback port of the relay's listener; `undefined` until it listens. */
  readonly relayPort: () => number | undefined;
  readonly rpcCaps?: SocketCaps;
  readonly relayCaps?: SocketCaps;
}

/** Routes upgrades. */
export interface UpgradeRouter {
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  stop(): void;
}

interface Places {
  /** Takes a place until `socket` closes; false when there is none. */
  take(address: string, socket: Duplex): boolean;
}

function createPlaces(caps: SocketCaps, onChange: (open: number) => void): Places {
  const byAddress = new Map<string, number>();
  let total = 0;
  return {
    take(address, socket) {
      const here = byAddress.get(address) ?? 0;
      if (total >= caps.total || here >= caps.perAddress) return false;
      byAddress.set(address, here + 1);
      onChange(++total);
      socket.once("close", () => {
        const left = (byAddress.get(address) ?? 1) - 1;
        if (left === 0) byAddress.delete(address);
        else byAddress.set(address, left);
        onChange(--total);
      });
      return true;
    },
  };
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Creates the router of upgrades. */
export function createUpgradeRouter(
  services: PublicServices,
  options: UpgradeOptions,
): UpgradeRouter {
  const rpc = createRpcSockets(services);
  const open = new Set<Duplex>();
  const rpcPlaces = createPlaces(
    options.rpcCaps ?? { total: MAX_RPC_SOCKETS, perAddress: MAX_RPC_SOCKETS_PER_ADDRESS },
    (count) => services.metrics.setSockets("rpc", count),
  );
  const relayPlaces = createPlaces(
    options.relayCaps ?? { total: MAX_RELAY_SOCKETS, perAddress: MAX_RELAY_SOCKETS_PER_ADDRESS },
    (count) => services.metrics.setSockets("relay", count),
  );
  return {
    handle(request, socket, head) {
      socket.on("error", () => socket.destroy());
      const path = request.url?.split("?")[0];
      const address = request.socket.remoteAddress ?? "";
      if (path === "/ws") {
        if (!isOwnOrigin(request.headers)) refuse(socket, "403 Forbidden");
        else if (!rpcPlaces.take(address, socket)) refuse(socket, "503 Service Unavailable");
        else rpc.accept(request, socket, head);
      } else if (path === "/") {
        const relayPort = options.relayPort();
        if (relayPort === undefined || !relayPlaces.take(address, socket)) {
          refuse(socket, "503 Service Unavailable");
          return;
        }
        open.add(socket);
        socket.once("close", () => open.delete(socket));
        proxyToRelay(request, socket, head, relayPort);
      } else {
        refuse(socket, "404 Not Found");
      }
    },
    stop() {
      rpc.stop();
      for (const socket of open) socket.destroy();
    },
  };
}
