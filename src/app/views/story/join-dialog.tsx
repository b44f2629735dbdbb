/**
 * Asks for consent to mine an offered paragraph: what runs, how hard, and when it stops by itself.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import type { Preset } from "../../api-types.ts";
import controls from "../../components/controls.module.css";
import { Modal } from "../../components/modal.tsx";
import { PresetChoice } from "../../components/preset-choice.tsx";
import { ProblemText } from "../../components/problem-text.tsx";
import { useAction } from "../../components/use-action.ts";
import { cls } from "../../css.ts";
import { useClient } from "../../services-context.ts";
import { useSettings } from "../../stores/settings-store.ts";
import { STORY } from "./strings.ts";

/** The dialog; closes once mining was accepted. */
export function JoinDialog(props: { readonly onClose: () => void }): ReactNode {
  const client = useClient();
  const action = useAction();
  const saved = useSettings((state) => state.settings?.preset ?? "gentle");
  const [chosen, setPreset] = useState<Preset | null>(null);
  const preset = chosen ?? saved;
  const start = (): void => {
    action.run(async () => {
      await client.request({ method: "start_mining", params: { preset, writer: "human" } });
      props.onClose();
    });
  };
  return (
    <Modal title="Mine your paragraph?" onClose={props.onClose}>
      <p>
        To bring your paragraph into the story, this tab computes a proof of work with a part of
        your processor. Nothing runs before you agree.
      </p>
      <PresetChoice value={preset} name="join-preset" onChange={setPreset} />
      <p className={controls["hint"]}>{STORY.battery}</p>
      <ProblemText problem={action.problem} onRetry={start} />
      <div className={controls["row"]}>
        <button
          type="button"
          className={cls(controls["button"], controls["primary"])}
          disabled={action.busy}
          onClick={start}
        >
          Start mining
        </button>
        <button type="button" className={controls["button"]} onClick={props.onClose}>
          Not now
        </button>
      </div>
    </Modal>
  );
}
