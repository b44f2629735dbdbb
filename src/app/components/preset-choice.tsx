/**
 * The processor line: gentle, half or full, each with what it means.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { Preset } from "../api-types.ts";
import { PRESETS } from "../strings.ts";
import styles from "./controls.module.css";

const ORDER: readonly Preset[] = ["gentle", "half", "full"];

/** Radio buttons; `name` groups them. */
export function PresetChoice(props: {
  readonly value: Preset;
  readonly name: string;
  readonly onChange: (preset: Preset) => void;
  readonly disabled?: boolean;
}): ReactNode {
  return (
    <fieldset className={styles["field"]} disabled={props.disabled === true}>
      <legend className={styles["label"]}>Processor use</legend>
      <div className={styles["choices"]}>
        {ORDER.map((preset) => (
          <label key={preset} className={styles["choice"]}>
            <input
              type="radio"
              name={props.name}
              value={preset}
              checked={props.value === preset}
              onChange={() => {
                props.onChange(preset);
              }}
            />
            {PRESETS[preset].name}
          </label>
        ))}
      </div>
      <p className={styles["hint"]}>
        {PRESETS[props.value].name}: {PRESETS[props.value].hint}.
      </p>
    </fieldset>
  );
}
