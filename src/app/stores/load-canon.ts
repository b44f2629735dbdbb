/**
 * Reads the canon page by page into the story store, from a height up to the end, following the tip
 * while it moves.
 *
 * @module
 */
import type { FabulaClient } from "../../peer/rpc/schema.ts";
import { plural } from "../format/numbers.ts";
import { errorCode } from "../messages.ts";
import { useStatus } from "./status-store.ts";
import { countArrivals, disagrees, mergePage, nextPage } from "./story-reducer.ts";
import { INITIAL_STORY, useStory } from "./story-store.ts";

const PAGE = 200;
/** So many of the last paragraphs are read again at each tip: their confirmations still move. */
const TAIL = 24;

/** Reads the genesis and starts the story anew when it is another one. */
export async function loadGenesis(client: FabulaClient): Promise<void> {
  try {
    const genesis = await client.request({ method: "get_genesis" });
    useStory.setState((state) =>
      state.genesis?.story === genesis.story
        ? { genesis, failure: null }
        : { ...INITIAL_STORY, genesis },
    );
  } catch (error) {
    useStory.setState({ failure: errorCode(error) });
  }
}

/** Reads what is new at the end, and what changed below it. */
export async function loadCanon(client: FabulaClient, changedFrom?: number): Promise<void> {
  try {
    await readPages(client, changedFrom);
  } catch (error) {
    useStory.setState({ failure: errorCode(error) });
  }
}

async function readPages(client: FabulaClient, changedFrom: number | undefined): Promise<void> {
  const story = useStory.getState().genesis?.story;
  const end = useStory.getState().paragraphs.at(-1)?.height ?? 0;
  // What the first catching up brings is the story itself, not news.
  const inStep = useStory.getState().inStep;
  const phase = useStatus.getState().status?.sync.phase;
  const before = useStory.getState().paragraphs;
  let from: number | null = Math.max(1, Math.min(changedFrom ?? end + 1, end + 1 - TAIL));
  while (from !== null) {
    const start: number = from;
    const page = await client.request({
      method: "get_canon",
      params: { from: start, limit: PAGE },
    });
    const state = useStory.getState();
    if (state.genesis?.story !== story) return;
    if (start > 1 && (page.total < start || disagrees(state.paragraphs, page.paragraphs))) {
      // The change reaches deeper than this page: read from the beginning.
      from = 1;
      continue;
    }
    const paragraphs = mergePage(state.paragraphs, page.paragraphs, start, page.total);
    useStory.setState({ paragraphs, total: page.total, failure: null });
    from = nextPage(page.paragraphs, page.total);
  }
  finish(before, inStep, phase === "synced" || phase === "alone");
}

function finish(
  before: Parameters<typeof countArrivals>[0],
  inStep: boolean,
  settled: boolean,
): void {
  useStory.setState((state) => {
    const arrivals = inStep ? countArrivals(before, state.paragraphs) : 0;
    return {
      complete: true,
      inStep: state.inStep || settled,
      unread: state.unread + arrivals,
      announcement:
        arrivals === 0
          ? state.announcement
          : `${plural(arrivals, "new paragraph")}; the story now has ${state.total}.`,
    };
  });
}
