import { describe, expect, it } from "vitest";
import { announcedAddresses } from "./public-address.ts";
import { multiaddrFromHost } from "./site-info.ts";

describe("multiaddrFromHost", () => {
  it.each([
    ["127.0.0.1:4173", false, "/ip4/127.0.0.1/tcp/4173/ws/p2p/ID"],
    ["[::1]:4173", false, "/ip6/::1/tcp/4173/ws/p2p/ID"],
    ["localhost:80", false, "/dns4/localhost/tcp/80/ws/p2p/ID"],
    ["Story.Example", true, "/dns4/story.example/tcp/443/tls/ws/p2p/ID"],
    ["story.example:8443", true, "/dns4/story.example/tcp/8443/tls/ws/p2p/ID"],
  ])("%s, secure %s, is %s", (host, secure, multiaddr) => {
    expect(multiaddrFromHost({ host, secure, peerId: "ID" })).toBe(multiaddr);
  });

  it.each(["", "a b", "x/p2p/evil", "user@host", "host:99999", "%2f", "[::1", "a_b"])(
    "is nothing for the Host %j",
    (host) => {
      expect(multiaddrFromHost({ host, secure: false, peerId: "ID" })).toBeUndefined();
    },
  );
});

describe("announcedAddresses", () => {
  it("names the listening address, or what the operator says", () => {
    const local = { host: "127.0.0.1", port: 4173, tls: false };
    expect(announcedAddresses(local)).toEqual(["/ip4/127.0.0.1/tcp/4173/ws"]);
    expect(announcedAddresses({ ...local, host: "::1" })).toEqual(["/ip6/::1/tcp/4173/ws"]);
    expect(announcedAddresses({ ...local, publicUrl: "https://story.example/" })).toEqual([
      "/dns4/story.example/tcp/443/tls/ws",
    ]);
    expect(announcedAddresses({ ...local, host: "0.0.0.0" })).toContain(
      "/ip4/127.0.0.1/tcp/4173/ws",
    );
  });

  it("refuses a public address that is none", () => {
    const choice = { host: "127.0.0.1", port: 1, tls: false, publicUrl: "story.example" };
    expect(() => announcedAddresses(choice)).toThrow("bad-public-url");
  });
});
