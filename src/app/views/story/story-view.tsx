/**
 * The story: the page everything else serves. Reads the route, the story store and the clock; what
 * stands in the book is rendered by its parts.
 *
 * @module
 */
import {
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { ParagraphView, ReorgView } from "../../../peer/rpc/shapes.ts";
import { goWrite } from "../../components/bottom-bar.tsx";
import controls from "../../components/controls.module.css";
import { ShareSheet } from "../../components/share-sheet.tsx";
import { StateNotice } from "../../components/state-notice.tsx";
import { useNow } from "../../components/use-now.ts";
import { cls } from "../../css.ts";
import { formatCount, plural } from "../../format/numbers.ts";
import { messageFor } from "../../messages.ts";
import type { Route } from "../../routes.ts";
import { useClient } from "../../services-context.ts";
import { loadCanon, loadGenesis } from "../../stores/load-canon.ts";
import { readProgress } from "../../stores/progress.ts";
import { chaptersOf } from "../../stores/story-reducer.ts";
import { markRead, useStory } from "../../stores/story-store.ts";
import { BlockDialog } from "./block-dialog.tsx";
import { Book } from "./book.tsx";
import { Composer } from "./composer.tsx";
import { Contents } from "./contents.tsx";
import { LinkedParagraph } from "./linked-paragraph.tsx";
import { OpeningNotice } from "./opening-notice.tsx";
import { RoundPanel } from "./round-panel.tsx";
import styles from "./story.module.css";
import { STORY } from "./strings.ts";
import { TitlePage } from "./title-page.tsx";
import { useLinkedBlock } from "./use-linked-block.ts";
import { useOpenStory } from "./use-open-story.ts";
import { scrollToHeight, useReading } from "./use-reading.ts";
import { useVisibleTips } from "./use-visible-tips.ts";
import { useWelcome, WelcomeCard } from "./welcome-card.tsx";

const TipDialog = lazy(async () => ({
  default: (await import("./tip-dialog.tsx")).TipDialog,
}));

/** Changes of the canon older than this are told in the apocrypha only. */
const REORG_SHOWN_MS = 15 * 60_000;
const REORGS_SHOWN = 3;

/** The story view for its route. */
export function StoryView(props: { readonly route: Extract<Route, { view: "story" }> }): ReactNode {
  const { route } = props;
  const client = useClient();
  const opening = useOpenStory(route);
  const { genesis, paragraphs, total, complete, failure, reorgs, unread, announcement } =
    useStory();
  const apocrypha = useStory((state) => state.apocryphaTotal);
  const linked = useLinkedBlock(route.block, opening.phase === "open" && genesis !== null);
  const article = useRef<HTMLElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const story = genesis?.story ?? null;
  const reading = useReading(article, story);
  useVisibleTips(article, paragraphs.length);
  const nowMs = useNow(15_000);
  const welcome = useWelcome();
  const [dialog, setDialog] = useState<string | null>(null);
  const [sharing, setSharing] = useState<{ readonly block: string | null } | null>(null);
  const [tipping, setTipping] = useState<ParagraphView | null>(null);
  const [away, setAway] = useState<ReadonlySet<string>>(new Set());

  const chapters = useMemo(
    () => chaptersOf(paragraphs, genesis?.chapterLength ?? 0),
    [paragraphs, genesis],
  );
  const bookmark = useMemo(() => (story === null ? 0 : readProgress(story)), [story]);
  const shownReorgs = useMemo(
    () =>
      reorgs
        .filter((one) => nowMs - one.atMs < REORG_SHOWN_MS && !away.has(one.to + one.from))
        .slice(0, REORGS_SHOWN),
    [reorgs, nowMs, away],
  );
  const inBook = paragraphs.some((one) => one.block === route.block);
  const linkedHeight = inBook
    ? (paragraphs.find((one) => one.block === route.block)?.height ?? null)
    : null;

  useEffect(() => {
    if (linkedHeight !== null) scrollToHeight(linkedHeight);
  }, [linkedHeight]);

  useEffect(() => {
    const mark = end.current;
    if (mark === null || genesis === null || unread === 0) return undefined;
    const watcher = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) markRead();
    });
    watcher.observe(mark);
    return () => {
      watcher.disconnect();
    };
  }, [genesis, unread]);

  const openDialog = useCallback((block: string) => {
    setDialog(block);
  }, []);
  const dismissReorg = useCallback((reorg: ReorgView) => {
    setAway((set) => new Set([...set, reorg.to + reorg.from]));
  }, []);

  if (opening.phase !== "open") return <OpeningNotice opening={opening} />;
  if (genesis === null) {
    return failure === null ? (
      <p className={styles["wait"]} aria-live="polite">
        {STORY.opening}
      </p>
    ) : (
      <OpeningNotice
        opening={{
          phase: "failed",
          failure,
          retry: () => {
            void loadGenesis(client).then(() => loadCanon(client));
          },
        }}
      />
    );
  }
  const firstUnread = total - unread + 1;
  const proof =
    linked.block === null ? null : linked.block.proof.verified ? "verified" : "not verified";
  return (
    <div className={styles["page"]}>
      <Contents chapters={chapters} reading={reading} bookmark={bookmark} apocrypha={apocrypha} />
      <article ref={article} className={styles["article"]}>
        <TitlePage
          genesis={genesis}
          paragraphs={paragraphs}
          total={total}
          nowMs={nowMs}
          onShare={() => {
            setSharing({ block: null });
          }}
        />
        <Contents
          folded
          chapters={chapters}
          reading={reading}
          bookmark={bookmark}
          apocrypha={apocrypha}
        />
        <LinkedParagraph linked={linked} inBook={inBook} onOpen={openDialog} />
        <Book
          chapters={chapters}
          language={genesis.language}
          reorgs={shownReorgs}
          linked={route.block}
          proof={proof}
          nowMs={nowMs}
          onOpen={openDialog}
          onTip={setTipping}
          onDismiss={dismissReorg}
        />
        {failure === null ? null : (
          <p className={controls["error"]} role="alert">
            {messageFor(failure).text}
          </p>
        )}
        {complete && total === 0 ? (
          <StateNotice
            id="only-premise"
            tone="calm"
            place="inline"
            title="Only the premise stands"
            text="Nobody has written on yet. The first paragraph can be yours."
            action={{ label: "Write the first paragraph", onClick: goWrite }}
          />
        ) : null}
        {paragraphs.length < total ? (
          <p className={styles["wait"]} aria-live="polite">
            {formatCount(paragraphs.length)} of {formatCount(total)} paragraphs are on this page;
            the rest follows.
          </p>
        ) : null}
        <RoundPanel />
        <div ref={end} className={styles["end"]} />
      </article>
      <p className={controls["visually-hidden"]} aria-live="polite">
        {announcement}
      </p>
      {unread > 0 ? (
        <button
          type="button"
          className={cls(controls["button"], styles["unread"])}
          onClick={() => {
            scrollToHeight(firstUnread);
            markRead();
          }}
        >
          {plural(unread, "new paragraph")} ↓
        </button>
      ) : null}
      {welcome ? <WelcomeCard /> : <Composer />}
      {dialog === null ? null : (
        <BlockDialog
          block={dialog}
          onClose={() => {
            setDialog(null);
          }}
          onShare={(block) => {
            setDialog(null);
            setSharing({ block });
          }}
        />
      )}
      {tipping === null ? null : (
        <Suspense fallback={null}>
          <TipDialog
            paragraph={tipping}
            onClose={() => {
              setTipping(null);
            }}
          />
        </Suspense>
      )}
      {sharing === null ? null : (
        <ShareSheet
          {...(sharing.block === null ? {} : { block: sharing.block })}
          onClose={() => {
            setSharing(null);
          }}
        />
      )}
    </div>
  );
}
