/**
 * How to run the scenario: its seed and its length in place of the written ones, strictly or not.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { Outline } from "../../../lab/host/protocol.ts";
import { durationText } from "../../../lab/report/format.ts";
import { BLOCKS_MAX, SEED_MAX } from "../../../lab/scenario/limits.ts";
import controls from "../../components/controls.module.css";
import { TextField } from "../../components/text-field.tsx";
import { cls } from "../../css.ts";
import { formatCount } from "../../format/numbers.ts";
import styles from "./lab.module.css";
import { type LabSession, typedOptions } from "./lab-session.ts";
import { useLab } from "./lab-store.ts";
import { SweepForm } from "./sweep-form.tsx";

const SEEDS_NAMED = 3;

function seedsHint({ seeds }: Outline): string {
  const named = seeds.slice(0, SEEDS_NAMED).join(", ");
  return `as written: ${named}${seeds.length > SEEDS_NAMED ? ", …" : ""}`;
}

function lengthHint({ blocks, durationMs, paceMs }: Outline): string {
  const isShort = blocks * paceMs <= durationMs;
  return `as written: ${isShort ? formatCount(blocks) : `all of ${durationText(durationMs)}`}`;
}

/** Fields and buttons. */
export function RunOptions(props: { readonly session: LabSession }): ReactNode {
  const outline = useLab((state) => state.outline);
  const seed = useLab((state) => state.seed);
  const blocks = useLab((state) => state.blocks);
  const strict = useLab((state) => state.strict);
  const isRunning = useLab((state) => state.running !== null);
  const problems = useLab((state) => state.problems);
  const typed = typedOptions({ seed, blocks, strict });
  const hasErrors = problems.some(({ severity }) => severity === "error");
  const isBad = Number.isNaN(typed.seed) || Number.isNaN(typed.blocks);
  const isRunnable = !hasErrors && !isBad;
  return (
    <>
      <form
        className={styles["options"]}
        onSubmit={(event) => {
          event.preventDefault();
          if (isRunnable) void props.session.runText();
        }}
      >
        <TextField
          label="Seed"
          value={seed}
          inputMode="numeric"
          hint={outline === null ? "" : seedsHint(outline)}
          error={
            Number.isNaN(typed.seed) ? `a whole number up to ${formatCount(SEED_MAX)}` : undefined
          }
          onChange={(value) => {
            useLab.setState({ seed: value });
          }}
        />
        <TextField
          label="Blocks"
          value={blocks}
          inputMode="numeric"
          hint={outline === null ? "" : lengthHint(outline)}
          error={
            Number.isNaN(typed.blocks)
              ? `a whole number from 1 to ${formatCount(BLOCKS_MAX)}`
              : undefined
          }
          onChange={(value) => {
            useLab.setState({ blocks: value });
          }}
        />
        <div className={styles["go"]}>
          <button
            type="submit"
            className={cls(controls["button"], controls["primary"])}
            disabled={!isRunnable}
            // Not disabled while it runs: it would lose the focus that it has just been pressed with.
            aria-disabled={isRunning}
          >
            {isRunning ? "Running…" : "Run"}
          </button>
          <button
            type="button"
            className={controls["button"]}
            disabled={!isRunnable}
            // Not disabled while it runs: it would lose the focus that it has just been pressed with.
            aria-disabled={isRunning}
            onClick={() => {
              void props.session.runRules();
            }}
          >
            Under every difficulty rule
          </button>
          <label className={controls["check"]}>
            <input
              type="checkbox"
              checked={strict}
              onChange={(event) => {
                useLab.setState({ strict: event.target.checked });
              }}
            />
            Strict: a warning is an error
          </label>
        </div>
      </form>
      <SweepForm session={props.session} isReady={isRunnable} />
    </>
  );
}
