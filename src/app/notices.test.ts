import { expect, test } from "vitest";
import { createFakePeer } from "../../e2e/fixtures/fake-client.ts";
import { STATES } from "../../e2e/fixtures/states.ts";
import { currentNotices } from "./notices.ts";
import { INITIAL_STATUS, type StatusState } from "./stores/status-store.ts";

const NOW = Date.now();
const PAGE = { secureContext: true, webrtc: true };

async function stateOf(name: string): Promise<StatusState> {
  const state = STATES[name] ?? {};
  const status = await createFakePeer(state).client.request({ method: "get_status" });
  return {
    ...INITIAL_STATUS,
    status,
    updateWaiting: state.update === true,
    workerRestart: state.workerRestart === true ? "crash" : null,
  };
}

test("when all is well nothing is said", async () => {
  expect(currentNotices(await stateOf("reading"), PAGE, 0)).toEqual([]);
});

test.each([
  "alone",
  "connecting-slow",
  "syncing",
  "newer-database",
  "storage-full",
  "worker-restarted",
  "no-simd",
  "insecure-context",
  "on-battery",
  "second-tab",
  "update-waiting",
  "lighthouse-lost",
])("%s has its words and one action", async (name) => {
  const [notice] = currentNotices(await stateOf(name), PAGE, NOW);
  expect(notice?.id).toBe(name);
  expect(notice?.title).not.toBe("");
  expect(notice?.action.label).not.toBe("");
});

test("a page without WebRTC or without a secure context says so itself", async () => {
  const calm = await stateOf("reading");
  const ids = (page: typeof PAGE): string[] => currentNotices(calm, page, 0).map((one) => one.id);
  expect(ids({ secureContext: true, webrtc: false })).toEqual(["no-webrtc"]);
  expect(ids({ secureContext: false, webrtc: true })).toEqual(["insecure-context"]);
});

test("no answer for ten seconds is said, and a failure at once with its code", () => {
  const waiting = { ...INITIAL_STATUS, startedMs: 1000 };
  expect(currentNotices(waiting, PAGE, 5000)).toEqual([]);
  expect(currentNotices(waiting, PAGE, 11_001)[0]?.id).toBe("not-answering");
  const failed = { ...waiting, failure: "worker-gone" };
  expect(currentNotices(failed, PAGE, 1001)[0]?.text).toContain("worker-gone");
});

test("what was put away stays away; what must be seen cannot be", async () => {
  const alone = { ...(await stateOf("alone")), dismissed: new Set(["alone"]) };
  expect(currentNotices(alone, PAGE, 0)).toEqual([]);
  const full = { ...(await stateOf("storage-full")), dismissed: new Set(["storage-full"]) };
  expect(currentNotices(full, PAGE, 0)[0]?.id).toBe("storage-full");
});

test("a lighthouse that is lost for a moment is no news", async () => {
  const state = await stateOf("lighthouse-lost");
  const sinceMs = state.status?.relay.sinceMs ?? 0;
  expect(currentNotices(state, PAGE, sinceMs + 1000)).toEqual([]);
});

test("the recovery phrase is asked for once there is a reward, after everything more urgent", async () => {
  const due = { ...PAGE, phraseDue: true };
  expect(currentNotices(await stateOf("reading"), due, NOW).map(({ id }) => id)).toEqual([
    "phrase-unchecked",
  ]);
  expect(currentNotices(await stateOf("alone"), due, NOW).at(-1)?.id).toBe("phrase-unchecked");
});
