/**
 * Share of blocks against hash rate: a bar in its band for each miner, with the figures beside it.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import { bandText, countText, figureText, percentText } from "../../../../lab/report/format.ts";
import { sharesVerdict } from "../../../../lab/report/verdicts.ts";
import type { MinerSummary } from "../../../../lab/statistics/summary.ts";
import controls from "../../../components/controls.module.css";
import panel from "../../../components/panel.module.css";
import { ScrollRegion } from "../../../components/scroll-region.tsx";
import { cls } from "../../../css.ts";
import { plural } from "../../../format/numbers.ts";
import styles from "../lab.module.css";
import { ShareBar } from "../share-bar.tsx";
import { type PartProps, ResultSection } from "./result-section.tsx";

const ROWS = 16;

/** The section. */
export function ShareSection({ view, isAnswer }: PartProps): ReactNode {
  const { summary } = view;
  const { miners, shareTest } = summary;
  const [isWhole, setWhole] = useState(false);
  const rows = isWhole ? miners : miners.slice(0, ROWS);
  const isByChance = miners.every(({ inBand }) => inBand !== null);
  const most = miners.reduce((top, { share, band }) => Math.max(top, share, band.high), 0);
  return (
    <ResultSection part="shares" isAnswer={isAnswer} verdict={sharesVerdict(summary)}>
      {miners.length === 0 ? null : (
        <>
          <p className={controls["hint"]}>
            Bar: share of the best chain · line: expected of those who were there and not resting
            {isByChance ? " · bracket: where 95 of 100 runs leave it" : ""}
          </p>
          <ScrollRegion label="Share of the best chain of each miner">
            <table className={cls(panel["table"], styles["shares"])}>
              <thead>
                <tr>
                  <th scope="col">Miner</th>
                  <th scope="col">
                    <span className={controls["visually-hidden"]}>Share as a bar</span>
                  </th>
                  <th scope="col" className={panel["right"]}>
                    Hash rate
                  </th>
                  <th scope="col" className={panel["right"]}>
                    Share
                  </th>
                  <th scope="col" className={panel["right"]}>
                    Expected
                  </th>
                  <th scope="col" className={panel["right"]}>
                    95 % band
                  </th>
                  <th scope="col" className={panel["right"]}>
                    Blocks
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((miner) => (
                  <ShareRow key={miner.id} miner={miner} most={most} />
                ))}
              </tbody>
            </table>
          </ScrollRegion>
          {miners.length > ROWS ? (
            <button
              type="button"
              className={cls(controls["button"], controls["quiet"])}
              aria-expanded={isWhole}
              onClick={() => {
                setWhole(!isWhole);
              }}
            >
              {isWhole ? `Only the first ${ROWS}` : `All ${plural(miners.length, "miner")}`}
            </button>
          ) : null}
          {shareTest === null ? null : (
            <p className={controls["hint"]}>
              χ² = {figureText(shareTest.statistic)}, {shareTest.df}{" "}
              {shareTest.df === 1 ? "degree" : "degrees"} of freedom, p ={" "}
              {figureText(shareTest.pValue)}
              {shareTest.pooled === 0
                ? "."
                : `; ${plural(shareTest.pooled, "small miner")} put together.`}
            </p>
          )}
        </>
      )}
    </ResultSection>
  );
}

function ShareRow(props: { readonly miner: MinerSummary; readonly most: number }): ReactNode {
  const { id, attack, weight, share, expectedShare, band, inBand, blocks } = props.miner;
  return (
    <tr>
      <th scope="row">
        {id}
        {attack === null ? null : <small> {attack} attack</small>}
      </th>
      <td>
        <ShareBar
          share={share}
          expected={expectedShare}
          band={inBand === null ? null : band}
          most={props.most}
        />
      </td>
      <td className={panel["right"]}>{percentText(weight)}</td>
      <td className={panel["right"]}>
        {inBand === false ? <span title="outside the band">! </span> : null}
        <b>{percentText(share)}</b>
      </td>
      <td className={panel["right"]}>{percentText(expectedShare)}</td>
      <td className={panel["right"]}>{bandText({ band, inBand })}</td>
      <td className={panel["right"]}>{countText(blocks)}</td>
    </tr>
  );
}
