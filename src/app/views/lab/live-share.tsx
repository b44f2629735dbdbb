/**
 * My share of the live chain: expected from this tab's rate, actual, and the band that luck allows.
 *
 * @module
 */
import { type ReactNode, useId, useState } from "react";
import type { LiveBlock } from "../../../lab/live/live-block.ts";
import { LEAST_BLOCKS, type MyShare, myShare } from "../../../lab/live/my-share.ts";
import { figureText, percentText } from "../../../lab/report/format.ts";
import type { ParagraphView } from "../../../peer/rpc/shapes.ts";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { StatList } from "../../components/stat-list.tsx";
import { formatCount, formatRate, plural } from "../../format/numbers.ts";
import { useMiningSince } from "../../stores/mining-since.ts";
import { useStatus } from "../../stores/status-store.ts";
import { NOT_MINING } from "../../strings.ts";
import styles from "./lab.module.css";
import { ShareBar } from "./share-bar.tsx";

const LAST = 144;

type Stretch = "since" | "last";

/** The figures, or why there are none. */
export function LiveShare(props: {
  readonly blocks: readonly LiveBlock[];
  readonly paragraphs: readonly ParagraphView[];
  readonly paceMs: number;
}): ReactNode {
  const { blocks, paragraphs, paceMs } = props;
  const reason = useStatus((state) => state.status?.mining.reason ?? null);
  const { sinceMs, rate } = useMiningSince();
  const [chosen, setStretch] = useState<Stretch | null>(null);
  const mine = paragraphs.findLast((paragraph) => paragraph.mine)?.author ?? "";
  const fromHeight = paragraphs.find(
    ({ timestampMs }) => timestampMs >= (sinceMs ?? Infinity),
  )?.height;
  const since = blocks.filter(({ height }) => height >= (fromHeight ?? Infinity));
  const stretch = chosen ?? (since.length < LEAST_BLOCKS ? "last" : "since");
  const looked = stretch === "since" ? since : blocks.slice(-LAST);
  if (sinceMs === null) {
    const found = blocks.slice(-LAST).filter(({ author }) => author === mine).length;
    return (
      <p className={panel["empty"]}>
        {reason === null ? "This tab is not mining." : NOT_MINING[reason][1]} Without a rate of its
        own there is no share to expect. Of the last{" "}
        {plural(Math.min(LAST, blocks.length), "paragraph")}{" "}
        {found === 0 ? "none is" : found === 1 ? "one is" : `${formatCount(found)} are`} this tab’s.
      </p>
    );
  }
  const share = myShare({ blocks: looked, me: mine, paceMs, myRate: rate });
  return (
    <div className={styles["live"]}>
      <StretchChoice
        value={stretch}
        since={since.length}
        last={Math.min(LAST, blocks.length)}
        onChange={setStretch}
      />
      {share === null ? (
        <p className={panel["empty"]}>
          {rate === 0
            ? "This tab’s rate has not been measured yet; that takes some seconds of mining."
            : `Too few paragraphs to tell luck from rate: ${formatCount(looked.length)} of at least ${LEAST_BLOCKS}.`}
        </p>
      ) : (
        <Figures share={share} rate={rate} isSince={stretch === "since"} />
      )}
    </div>
  );
}

function StretchChoice(props: {
  readonly value: Stretch;
  readonly since: number;
  readonly last: number;
  readonly onChange: (value: Stretch) => void;
}): ReactNode {
  const name = useId();
  const choices: readonly (readonly [Stretch, string])[] = [
    ["since", `Since it began to mine (${formatCount(props.since)})`],
    ["last", `The last ${plural(props.last, "paragraph")}`],
  ];
  return (
    <fieldset className={controls["field"]}>
      <legend className={controls["label"]}>Which paragraphs to count</legend>
      <div className={controls["choices"]}>
        {choices.map(([value, label]) => (
          <label key={value} className={controls["choice"]}>
            <input
              type="radio"
              name={name}
              checked={props.value === value}
              onChange={() => {
                props.onChange(value);
              }}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function verdict({ share, band, expected }: MyShare): string {
  if (share > band.high)
    return "More than luck usually gives: more than in 39 of 40 such stretches.";
  if (share < band.low) {
    return "Less than luck usually leaves: fewer than in 39 of 40 such stretches. Perhaps it mined only for a part of them, or its blocks arrived late.";
  }
  return `As expected, give or take luck: with a chance of ${percentText(expected)}, 95 of 100 such stretches end inside the band.`;
}

function Figures(props: {
  readonly share: MyShare;
  readonly rate: number;
  readonly isSince: boolean;
}): ReactNode {
  const { share, rate, isSince } = props;
  const most = Math.max(share.share, share.band.high, share.expected);
  const facts: readonly (readonly [string, string, string])[] = [
    [
      "My share",
      percentText(share.share),
      `${formatCount(share.found)} of ${plural(share.blocks, "paragraph")}`,
    ],
    [
      "Expected",
      percentText(share.expected),
      `about ${plural(Math.round(share.expected * share.blocks), "paragraph")}, with rests`,
    ],
    [
      "95 % band",
      `${figureText(share.band.low * 100)}–${percentText(share.band.high)}`,
      "where luck leaves it in 95 of 100 stretches",
    ],
    ["This tab", formatRate(rate), "measured"],
    [
      "All at work",
      formatRate(share.networkRate),
      "estimated from the same paragraphs; who rests is not counted",
    ],
  ];
  return (
    <>
      <ShareBar share={share.share} expected={share.expected} band={share.band} most={most} />
      <p className={styles["verdict"]}>{verdict(share)}</p>
      <StatList stats={facts} />
      {isSince ? null : (
        <p className={controls["hint"]}>
          Expected as if it had mined at its present rate through all of them.
        </p>
      )}
    </>
  );
}
