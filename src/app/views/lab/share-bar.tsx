/**
 * A share as a bar, with what was expected as a line and the band as a bracket; the figures stand beside it.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { Band } from "../../../lab/statistics/proportions.ts";
import { cls } from "../../css.ts";
import styles from "./lab.module.css";

/** The bar; `most` is the share at its right end. Without a band more than chance decides. */
export function ShareBar(props: {
  readonly share: number;
  readonly expected: number;
  readonly band: Band | null;
  readonly most: number;
}): ReactNode {
  const { share, expected, band, most } = props;
  const at = (value: number): string => `${(most === 0 ? 0 : value / most) * 100}%`;
  const isOutside = band !== null && (share < band.low || share > band.high);
  return (
    <div className={styles["bar"]} aria-hidden>
      <i className={cls(isOutside && styles["out"])} style={{ width: at(share) }} />
      {band === null ? null : <b style={{ left: at(band.low), width: at(band.high - band.low) }} />}
      <u style={{ left: at(expected) }} />
    </div>
  );
}
