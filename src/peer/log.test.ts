import { describe, expect, it } from "vitest";
import { alice, bob, transactionOf } from "../ledger/transactions/testing/sample-transactions.ts";
import { MAX_LOG_ENTRIES } from "./limits.ts";
import { createLog, type LogEntry, logAdmission } from "./log.ts";

const clock = { now: () => 5, after: () => () => {} };

describe("the log", () => {
  it("keeps the newest lines, counts all, and tells its listeners of all", () => {
    const log = createLog(clock);
    const heard: LogEntry[] = [];
    log.onEntry((entry) => heard.push(entry));
    log.add("warn", "rare");
    for (let line = 0; line < MAX_LOG_ENTRIES; line++) log.add("debug", "frequent", String(line));
    expect(log.entries(10).map(({ code }) => code)).toEqual(["rare"]);
    for (let line = 0; line < MAX_LOG_ENTRIES; line++) log.add("info", "next", String(line));
    expect(log.entries(2 * MAX_LOG_ENTRIES)).toHaveLength(MAX_LOG_ENTRIES);
    expect(log.entries(1)[0]?.detail).toBe(String(MAX_LOG_ENTRIES - 1));
    expect(Object.fromEntries(log.counts())).toEqual({
      rare: 1,
      frequent: MAX_LOG_ENTRIES,
      next: MAX_LOG_ENTRIES,
    });
    expect(heard).toHaveLength(1 + 2 * MAX_LOG_ENTRIES);
  });

  it("[TX-7] says of an admission what the dual-token kernel says, with its numeric code", () => {
    const log = createLog(clock);
    const heard: LogEntry[] = [];
    log.onEntry((entry) => heard.push(entry));
    const transaction = transactionOf(alice, { to: bob, fee: 600n, nonce: 7n });
    logAdmission(log, transaction, { code: 0, txid: "00", evicted: [] }, null);
    const refused = { code: 3, label: "nonce_gap", data: {} } as const;
    logAdmission(log, transaction, refused, null);
    // A stranger's costs it nothing, so it could flush everything else out of the ring.
    logAdmission(log, transaction, refused, "a-peer");
    const forged = { code: 5, label: "bad_signature", data: {} } as const;
    logAdmission(log, transaction, forged, "a-peer");
    const facts = { op: "admit", sender: alice, nonce: "7", fpb: "2" };
    expect(heard).toEqual([
      expect.objectContaining({
        level: "debug",
        code: "tx-admitted",
        peer: null,
        facts: { ...facts, reason: "ok", code: 0 },
      }),
      expect.objectContaining({
        level: "info",
        code: "tx-refused",
        peer: null,
        facts: { ...facts, reason: "nonce_gap", code: 3 },
      }),
      expect.objectContaining({ level: "debug", code: "tx-refused", peer: "a-peer" }),
      expect.objectContaining({
        level: "info",
        peer: "a-peer",
        facts: { ...facts, reason: "bad_signature", code: 5 },
      }),
    ]);
    expect(log.entries(10).map(({ peer }) => peer)).toEqual([null, "a-peer"]);
  });
});
