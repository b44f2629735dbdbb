import { beforeEach, expect, test } from "vitest";
import { createFakePeer } from "../../../e2e/fixtures/fake-client.ts";
import { STATES } from "../../../e2e/fixtures/states.ts";
import { loadCanon, loadGenesis } from "./load-canon.ts";
import { INITIAL_STATUS, patchStatus, useStatus } from "./status-store.ts";
import { INITIAL_STORY, useStory } from "./story-store.ts";

const { client } = createFakePeer(STATES["reading"] ?? {});

beforeEach(async () => {
  const status = await client.request({ method: "get_status" });
  useStatus.setState({ ...INITIAL_STATUS, status });
  useStory.setState(INITIAL_STORY);
  await loadGenesis(client);
});

/** Forgets the last paragraphs, so that the next reading finds them as arrivals. */
function forget(count: number): void {
  useStory.setState((state) => ({ paragraphs: state.paragraphs.slice(0, -count) }));
}

test("what the first catching up brings is no news; what comes after it is", async () => {
  patchStatus((status) => ({ ...status, sync: { ...status.sync, phase: "bodies" } }));
  await loadCanon(client);
  forget(5);
  await loadCanon(client);
  expect(useStory.getState()).toMatchObject({ complete: true, inStep: false, unread: 0 });

  patchStatus((status) => ({ ...status, sync: { ...status.sync, phase: "synced" } }));
  forget(3);
  await loadCanon(client);
  expect(useStory.getState()).toMatchObject({ inStep: true, unread: 0 });

  forget(2);
  await loadCanon(client);
  expect(useStory.getState().unread).toBe(2);
});
