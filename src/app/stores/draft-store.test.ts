import { beforeEach, expect, test } from "vitest";
import type { FabulaClient } from "../../peer/rpc/schema.ts";
import type { DraftView } from "../../peer/rpc/shapes.ts";
import { BY_HAND, INITIAL_DRAFT, saveDraft, typeText, useDraft, withDraft } from "./draft-store.ts";

const draft = (text: string, state: DraftView["state"] = "editing"): DraftView => ({
  text,
  chapter: null,
  provenance: BY_HAND,
  parent: "p",
  parentHeight: 3,
  state,
  block: null,
  savedMs: 1,
});

function clientThat(answer: (params: { text: string }) => Promise<DraftView>): FabulaClient {
  const request = async ({ params }: { params: { text: string } }): Promise<unknown> => ({
    draft: await answer(params),
  });
  return { request, on: () => () => undefined } as unknown as FabulaClient;
}

beforeEach(() => {
  useDraft.setState(INITIAL_DRAFT);
});

test("a kept draft comes back on an empty page", () => {
  expect(withDraft(INITIAL_DRAFT, draft("kept")).text).toBe("kept");
});

test("what is being typed is never overwritten by an event", () => {
  const typing = { ...INITIAL_DRAFT, text: "mine", saving: "unsaved" as const };
  const after = withDraft(typing, draft("older", "displaced"));
  expect(after.text).toBe("mine");
  expect(after.draft?.state).toBe("displaced");
  expect(withDraft(typing, null).text).toBe("mine");
});

test("a discarded draft empties an untouched page", () => {
  const kept = withDraft(INITIAL_DRAFT, draft("kept"));
  expect(withDraft(kept, null).text).toBe("");
});

test("typing marks as unsaved and by hand; saving marks as saved", async () => {
  typeText("A bell.");
  expect(useDraft.getState()).toMatchObject({ saving: "unsaved", provenance: BY_HAND });
  await saveDraft(clientThat(async ({ text }) => draft(text)));
  expect(useDraft.getState()).toMatchObject({ saving: "saved", text: "A bell." });
});

test("typing on while a save is under way leaves the newer text unsaved", async () => {
  typeText("A bell");
  await saveDraft(
    clientThat(async ({ text }) => {
      typeText("A bell rang");
      return draft(text);
    }),
  );
  expect(useDraft.getState()).toMatchObject({ saving: "unsaved", text: "A bell rang" });
});

test("a failed save keeps the text and says why", async () => {
  typeText("A bell");
  await saveDraft(
    clientThat(async () => {
      throw Object.assign(new RangeError("full"), { code: "store-full" });
    }),
  );
  expect(useDraft.getState()).toMatchObject({
    saving: "failed",
    failure: "store-full",
    text: "A bell",
  });
});
