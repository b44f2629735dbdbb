/**
 * The composer's text and the draft that the peer keeps. The text on screen wins over a late answer:
 * nothing a person typed is ever overwritten by an event.
 *
 * @module
 */
import { create, type StoreApi, type UseBoundStore } from "zustand";
import type { FabulaClient, ResultOf } from "../../peer/rpc/schema.ts";
import type { DraftView } from "../../peer/rpc/shapes.ts";
import { errorCode } from "../messages.ts";

type Provenance = ResultOf<"draft_paragraph">["provenance"];

/** Provenance of text that a person typed or changed. */
export const BY_HAND: Provenance = {
  writer: "human",
  model: "",
  algorithmHash: "0".repeat(64),
  seed: "0",
};

/** Text on screen beside the kept draft. */
export interface DraftState {
  readonly draft: DraftView | null;
  readonly text: string;
  /** Null: no chapter begins here. */
  readonly chapter: string | null;
  readonly provenance: Provenance;
  readonly saving: "saved" | "unsaved" | "saving" | "failed";
  readonly failure: string | null;
  /** The composer is unfolded. */
  readonly open: boolean;
}

/** An empty page. */
export const INITIAL_DRAFT: DraftState = {
  draft: null,
  text: "",
  chapter: null,
  provenance: BY_HAND,
  saving: "saved",
  failure: null,
  open: false,
};

/** The store. */
export const useDraft: UseBoundStore<StoreApi<DraftState>> = create<DraftState>()(
  () => INITIAL_DRAFT,
);

/** The state after the peer told of its draft. */
export function withDraft(state: DraftState, draft: DraftView | null): DraftState {
  const typing = state.saving !== "saved";
  if (draft === null) {
    const untouched = !typing && (state.draft === null || state.text === state.draft.text);
    return untouched ? { ...INITIAL_DRAFT, open: state.open } : { ...state, draft: null };
  }
  const follows = !typing && (state.text === "" || state.text === (state.draft?.text ?? ""));
  if (!follows) return { ...state, draft };
  return {
    ...state,
    draft,
    text: draft.text,
    chapter: draft.chapter,
    provenance: draft.provenance,
  };
}

/** The person typed. */
export function typeText(text: string): void {
  useDraft.setState({ text, provenance: BY_HAND, saving: "unsaved" });
}

/** A writer proposed a text. */
export function takeProposal(text: string, provenance: Provenance): void {
  useDraft.setState({ text, provenance, saving: "unsaved", open: true });
}

/** The person begins a chapter, or takes it back. */
export function setChapter(chapter: string | null): void {
  useDraft.setState({ chapter, saving: "unsaved" });
}

/** Unfolds or folds the composer. */
export function setComposerOpen(open: boolean): void {
  useDraft.setState({ open });
}

/** Keeps the text on the device if it is not kept yet. */
export async function saveDraft(client: FabulaClient): Promise<void> {
  const { text, chapter, provenance, saving, draft } = useDraft.getState();
  if (saving !== "unsaved") return;
  if (text === "" && draft === null) {
    useDraft.setState({ saving: "saved", failure: null });
    return;
  }
  useDraft.setState({ saving: "saving" });
  try {
    const answer = await client.request({
      method: "save_draft",
      params: { text, chapter, provenance },
    });
    useDraft.setState((state) =>
      state.text === text && state.chapter === chapter
        ? { draft: answer.draft, saving: "saved", failure: null }
        : { draft: answer.draft, saving: "unsaved", failure: null },
    );
  } catch (error) {
    useDraft.setState({ saving: "failed", failure: errorCode(error) });
  }
}
