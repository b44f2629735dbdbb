/**
 * The open story: its genesis and the canon as far as this tab holds it.
 *
 * @module
 */
import { create, type StoreApi, type UseBoundStore } from "zustand";
import type { ParagraphView, ReorgView } from "../../peer/rpc/shapes.ts";
import type { GenesisView } from "../api-types.ts";

/** Genesis, paragraphs by rising height, and what changed while reading. */
export interface StoryState {
  readonly genesis: GenesisView | null;
  readonly paragraphs: readonly ParagraphView[];
  /** Paragraphs of the canon as the peer counts them. */
  readonly total: number;
  /** True once the canon was read to its end at least once. */
  readonly complete: boolean;
  /** True once it was read to its end while in step with the peers: what comes from then on is news. */
  readonly inStep: boolean;
  /** Code of the last failed read, null after a good one. */
  readonly failure: string | null;
  /** Newest first. */
  readonly reorgs: readonly ReorgView[];
  /** Arrived below the reader's eyes since the end was last in sight. */
  readonly unread: number;
  /** The sentence for the polite live region. */
  readonly announcement: string;
  readonly apocryphaTotal: number | null;
}

/** Nothing known yet. */
export const INITIAL_STORY: StoryState = {
  genesis: null,
  paragraphs: [],
  total: 0,
  complete: false,
  inStep: false,
  failure: null,
  reorgs: [],
  unread: 0,
  announcement: "",
  apocryphaTotal: null,
};

/** The store. */
export const useStory: UseBoundStore<StoreApi<StoryState>> = create<StoryState>()(
  () => INITIAL_STORY,
);

/** The end of the story came into sight. */
export function markRead(): void {
  useStory.setState((state) => (state.unread === 0 ? state : { unread: 0 }));
}

/** Puts a reorganisation in front, once; keeps the last twenty. */
export function withReorg(known: readonly ReorgView[], fresh: ReorgView): readonly ReorgView[] {
  const rest = known.filter((one) => one.to !== fresh.to || one.from !== fresh.from);
  return [fresh, ...rest].slice(0, 20);
}
