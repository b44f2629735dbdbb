import { expect, test } from "vitest";
import { Gate } from "./gate.ts";

function make(connected: readonly string[], waysIn: readonly string[] = []): Gate {
  const gate = new Gate(2, (peer) => peer === "bad");
  gate.attach({
    isConnected: (peer) => connected.includes(peer),
    connectedPeers: () => connected.length,
    usablePeers: () => connected.length,
    isWayIn: (peer) => waysIn.includes(peer),
  });
  return gate;
}

function denied(gate: Gate, peer: string): unknown[] {
  const hooks = gate.gater();
  // The hooks read ids only through toString.
  const id = { toString: () => peer };
  const ask = (hook: unknown, ...args: unknown[]): unknown =>
    typeof hook === "function" ? Reflect.apply(hook, hooks, args) : undefined;
  return [
    ask(hooks.denyDialPeer, id),
    ask(hooks.denyInboundUpgradedConnection, id),
    ask(hooks.denyOutboundUpgradedConnection, id),
    ask(hooks.denyInboundRelayedConnection, id, id),
  ];
}

const YES = [true, true, true, true];
const NO = [false, false, false, false];

test("an open gate lets everyone in but refused peers", () => {
  const gate = make([]);
  expect(denied(gate, "a")).toEqual(NO);
  expect(denied(gate, "bad")).toEqual(YES);
});

test("an allow list lets only its peers in, until the gate opens again", () => {
  const gate = make([]);
  gate.set(["a", "bad"]);
  expect(denied(gate, "a")).toEqual(NO);
  expect(denied(gate, "b")).toEqual(YES);
  expect(denied(gate, "bad")).toEqual(YES);
  gate.set(null);
  expect(denied(gate, "b")).toEqual(NO);
});

test("[NET-6] beyond the cap only connected peers and ways in may connect", () => {
  const gate = make(["a", "b"], ["light"]);
  expect(denied(gate, "c")).toEqual(YES);
  expect(denied(gate, "a")).toEqual(NO);
  expect(denied(gate, "light")).toEqual(NO);
  expect(gate.isOverfull()).toBe(false);
  expect(make(["a", "b", "c"]).isOverfull()).toBe(true);
});
