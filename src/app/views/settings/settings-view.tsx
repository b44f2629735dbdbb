/**
 * Settings of this tab: name, processor, lighthouses, data, theme, erase. Each change is kept at
 * once; the name and the addresses when their field is left.
 *
 * @module
 */
import { type ReactNode, useEffect, useState } from "react";
import type { ParamsOf } from "../../../peer/rpc/schema.ts";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { PresetChoice } from "../../components/preset-choice.tsx";
import { ProblemText } from "../../components/problem-text.tsx";
import { cls } from "../../css.ts";
import { type ErrorMessage, messageFor, messageOf } from "../../messages.ts";
import { useClient } from "../../services-context.ts";
import { changeSettings, loadSettings, useSettings } from "../../stores/settings-store.ts";
import { DataSection } from "./data-section.tsx";
import { EraseSection } from "./erase-section.tsx";
import { LighthouseField, NameField } from "./kept-fields.tsx";
import { HIDDEN, SETTINGS, THEMES } from "./strings.ts";

/** The view. */
export function SettingsView(): ReactNode {
  const client = useClient();
  const { settings, failure } = useSettings();
  const [problem, setProblem] = useState<ErrorMessage | null>(null);
  useEffect(() => {
    void loadSettings(client);
  }, [client]);
  const change = (part: ParamsOf<"set_settings">): void => {
    // Not one at a time: a choice made while the one before is being kept must not be lost.
    setProblem(null);
    changeSettings(client, part).catch((error: unknown) => {
      setProblem(messageOf(error));
    });
  };
  return (
    <div className={cls(panel["page"], panel["narrow"])}>
      <header>
        <h1 className={panel["heading"]}>{SETTINGS.title}</h1>
        <p className={panel["lead"]}>{SETTINGS.lead}</p>
      </header>
      <ProblemText
        problem={failure === null ? null : messageFor(failure)}
        onRetry={() => {
          void loadSettings(client);
        }}
      />
      <ProblemText problem={problem} />
      {settings === null ? (
        failure === null ? (
          <p aria-live="polite">The settings are being read…</p>
        ) : null
      ) : (
        <>
          <section className={panel["section"]}>
            <h2>You</h2>
            <NameField key={settings.name} name={settings.name} onKeep={change} />
          </section>
          <section className={panel["section"]}>
            <h2>Processor</h2>
            <PresetChoice
              value={settings.preset}
              name="settings-preset"
              onChange={(preset) => {
                change({ preset });
              }}
            />
            <label className={controls["field"]}>
              <span className={controls["label"]}>While the tab is hidden</span>
              <select
                className={controls["input"]}
                value={settings.hiddenPreset}
                onChange={(event) => {
                  const choice = HIDDEN.find(([value]) => value === event.target.value);
                  if (choice !== undefined) change({ hiddenPreset: choice[0] });
                }}
              >
                {HIDDEN.map(([value, name]) => (
                  <option key={value} value={value}>
                    {name}
                  </option>
                ))}
              </select>
              <span className={controls["hint"]}>
                A hidden tab always goes on receiving and checking the story.
              </span>
            </label>
            <label className={controls["check"]}>
              <input
                type="checkbox"
                checked={settings.mineOnBattery}
                onChange={(event) => {
                  change({ mineOnBattery: event.target.checked });
                }}
              />
              <span>Go on mining while the device runs on battery</span>
            </label>
          </section>
          <section className={panel["section"]}>
            <h2>Lighthouses</h2>
            <LighthouseField
              key={settings.lighthouses.join(" ")}
              lighthouses={settings.lighthouses}
              onKeep={change}
            />
          </section>
          <section className={panel["section"]}>
            <h2>Look</h2>
            <fieldset className={controls["field"]}>
              <legend className={controls["label"]}>Theme</legend>
              <div className={controls["choices"]}>
                {THEMES.map(([theme, name]) => (
                  <label key={theme} className={controls["choice"]}>
                    <input
                      type="radio"
                      name="theme"
                      checked={settings.theme === theme}
                      onChange={() => {
                        change({ theme });
                      }}
                    />
                    {name}
                  </label>
                ))}
              </div>
            </fieldset>
          </section>
          <DataSection />
          <EraseSection />
        </>
      )}
    </div>
  );
}
