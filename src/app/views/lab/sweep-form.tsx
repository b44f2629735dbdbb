/**
 * Asks for a sweep: the scenario in the editor at many latencies and paces, or with an attacker of many sizes.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import { SWEEP_POINTS_MAX } from "../../../lab/sweep/limits.ts";
import controls from "../../components/controls.module.css";
import { TextField } from "../../components/text-field.tsx";
import { plural } from "../../format/numbers.ts";
import styles from "./lab.module.css";
import type { LabSession } from "./lab-session.ts";
import { useLab } from "./lab-store.ts";
import { axesOf, listValues, type SweepListName, type SweepLists } from "./sweep-lists.ts";

/** Lists that two dimensions of a chart can show. */
const LISTS_MAX = 2;

const FIRST: SweepLists = { latency: "20ms, 200ms, 1s", pace: "2s, 10s, 60s", attacker: "" };

const LABELS: Readonly<Record<SweepListName, readonly [label: string, hint: string]>> = {
  latency: ["Latencies", "one-way delay of every link; ms unless a unit is given"],
  pace: ["Paces", "time between two blocks; s unless a unit is given"],
  attacker: ["The attacker’s hash rate", "in % of all: 10, 20, 30, 40"],
};

/** Why it cannot run, or what it comes to. */
function noteOf(
  lists: SweepLists,
  seeds: number,
): { readonly text: string; readonly isBad: boolean } {
  const axes = axesOf(lists);
  if (axes === null || axes.length === 0) {
    return { text: axes === null ? "" : "Give at least one list.", isBad: true };
  }
  if (axes.length > LISTS_MAX) {
    return { text: "At most two lists at a time: leave one empty.", isBad: true };
  }
  const points = axes.reduce((product, { values }) => product * new Set(values).size, 1);
  if (points > SWEEP_POINTS_MAX) {
    return {
      text: `These lists make ${plural(points, "point")}; at most ${SWEEP_POINTS_MAX}.`,
      isBad: true,
    };
  }
  return {
    text: `${plural(points, "point")}, ${plural(points * seeds, "run")}; seed and blocks as above.`,
    isBad: false,
  };
}

/** The form; `isReady` unless the scenario or what is typed beside it cannot run. */
export function SweepForm(props: {
  readonly session: LabSession;
  readonly isReady: boolean;
}): ReactNode {
  const { session, isReady } = props;
  const outline = useLab((state) => state.outline);
  const seed = useLab((state) => state.seed);
  const [typed, setTyped] = useState(FIRST);
  const isRunning = useLab((state) => state.running !== null);
  const hasAttacker = outline?.attackers === 1;
  const lists = hasAttacker ? typed : { ...typed, attacker: "" };
  const names: readonly SweepListName[] = hasAttacker
    ? ["latency", "pace", "attacker"]
    : ["latency", "pace"];
  const note = noteOf(lists, seed === "" ? (outline?.seeds.length ?? 1) : 1);
  return (
    <details className={styles["fold"]}>
      <summary>Sweep: many latencies and paces{hasAttacker ? ", attackers" : ""}</summary>
      <form
        className={styles["options"]}
        onSubmit={(event) => {
          event.preventDefault();
          const axes = axesOf(lists);
          if (isReady && !note.isBad && axes !== null) void session.runSweep(axes);
        }}
      >
        {names.map((name) => {
          const [label, hint] = LABELS[name];
          const isBad = listValues(name, lists[name]).some(Number.isNaN);
          return (
            <TextField
              key={name}
              label={label}
              value={typed[name]}
              hint={hint}
              error={isBad ? "values with commas between them" : undefined}
              onChange={(value) => {
                setTyped({ ...typed, [name]: value });
              }}
            />
          );
        })}
        <div className={styles["go"]}>
          <button
            type="submit"
            className={controls["button"]}
            disabled={!isReady || note.isBad}
            aria-disabled={isRunning}
          >
            Run the sweep
          </button>
          <span className={note.isBad ? controls["error"] : controls["hint"]}>{note.text}</span>
        </div>
      </form>
    </details>
  );
}
