/**
 * The last stretch of the live chain as a scenario: with the hash rates that its blocks speak for, or find by find.
 *
 * @module
 */
import type { ReactNode } from "react";
import { replayScenario } from "../../../lab/live/replay-scenario.ts";
import type { TraceReplay } from "../../../lab/live/trace-scenario.ts";
import type { ParagraphView } from "../../../peer/rpc/shapes.ts";
import type { GenesisView } from "../../api-types.ts";
import controls from "../../components/controls.module.css";
import { calledName } from "../../format/identity.ts";
import { formatCount, plural } from "../../format/numbers.ts";
import { useClient } from "../../services-context.ts";
import { useNames } from "../../stores/names-store.ts";
import { failureText } from "./failures.ts";
import styles from "./lab.module.css";
import { type LabSession, openScenario } from "./lab-session.ts";
import { type LiveStretch, useLab } from "./lab-store.ts";
import { type LiveParagraphBlock, liveBlocks, wholeStory } from "./live-blocks.ts";

/** Paragraphs whose authors' hash rates are estimated, and whose finds are traced. */
const REPLAYED = 100;
const TRACED = 500;

function nameOf(author: string): string {
  return calledName(author, useNames.getState().names.get(author)?.handle ?? null);
}

function open(stretch: LiveStretch): void {
  openScenario(stretch.yaml, { stretch });
  // The scenario may have been folded away until now.
  requestAnimationFrame(() => {
    document.querySelector("#lab-scenario")?.scrollIntoView();
  });
}

/** The buttons, each with what it does. */
export function ReplayButtons(props: {
  readonly paragraphs: readonly ParagraphView[];
  readonly genesis: GenesisView;
  readonly session: LabSession;
}): ReactNode {
  const { genesis, session } = props;
  const { title, story, paceMs, initialTarget, maxTarget, createdMs } = genesis;
  const client = useClient();
  const blocks = liveBlocks(props.paragraphs);
  const rated = blocks.slice(-REPLAYED);
  const traced = blocks.slice(-TRACED);
  const authors = new Set(rated.map(({ author }) => author)).size;

  function replayRates(): void {
    try {
      const made = replayScenario({ title, story, paceMs, blocks: rated, nameOf });
      open({ ...made, blocks: rated, isTrace: false });
    } catch (error) {
      useLab.setState({ failure: failureText(error) });
    }
  }

  async function trace(stretch: readonly LiveParagraphBlock[]): Promise<TraceReplay> {
    const names = new Map(stretch.map(({ author }) => [author, nameOf(author)]));
    const ask = (some: readonly LiveParagraphBlock[]): Promise<TraceReplay> =>
      session.trace({ title, story, paceMs, initialTarget, maxTarget, names, blocks: some });
    // It says where the stretch begins; the header there has the target, of which the work alone tells a part.
    const [first] = (await ask(stretch)).blocks;
    const from = stretch.findIndex(({ height }) => height === first?.height);
    const block = stretch[from]?.block ?? "";
    const { target } = await client.request({ method: "get_header", params: { block } });
    return ask(stretch.slice(from).map((one, index) => (index === 0 ? { ...one, target } : one)));
  }

  async function replayBlocks(): Promise<void> {
    try {
      const made = await trace(traced);
      // What came before may be wanted: a story of one author is exact only from its beginning on.
      const whole = made.isExact ? null : wholeStory(props.paragraphs, createdMs);
      const isShort = whole !== null && whole.length <= TRACED;
      open({ ...(isShort ? await trace(whole) : made), isTrace: true });
    } catch (error) {
      useLab.setState({ failure: failureText(error) });
    }
  }

  if (blocks.length === 0) {
    return <p className={controls["hint"]}>The story has no paragraphs to replay yet.</p>;
  }
  return (
    <ul className={styles["ways"]}>
      <li>
        <button type="button" className={controls["button"]} onClick={replayRates}>
          {blocks.length < REPLAYED
            ? "Replay the story so far as a scenario"
            : `Replay the last ${formatCount(REPLAYED)} paragraphs as a scenario`}
        </button>
        <span className={controls["hint"]}>
          {plural(rated.length, "paragraph")} by {plural(authors, "author")}: their hash rates are
          estimated, luck is drawn anew, and what comes of it is set beside what happened.
        </span>
      </li>
      <li>
        <button
          type="button"
          className={controls["button"]}
          onClick={() => {
            void replayBlocks();
          }}
        >
          Replay the real blocks
        </button>
        <span className={controls["hint"]}>
          Authors and times of the last {plural(traced.length, "paragraph")} exactly as they were;
          the lab works out what each difficulty rule asks of them.
        </span>
      </li>
    </ul>
  );
}
