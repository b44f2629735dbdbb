/**
 * Starts a story: a form whose errors stand beside their fields, and then the link to send.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import type { ResultOf } from "../../../peer/rpc/schema.ts";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { useAction } from "../../components/use-action.ts";
import { cls } from "../../css.ts";
import { useClient } from "../../services-context.ts";
import { useStatus } from "../../stores/status-store.ts";
import { StartedStory } from "./started-story.tsx";
import { StoryFields } from "./story-fields.tsx";
import { EMPTY_FORM, formErrors, type StoryForm, storyParams } from "./story-form.ts";
import { START } from "./strings.ts";

// Survives leaving the view and coming back: nothing that was typed is lost.
let kept: StoryForm = EMPTY_FORM;

/** The view. */
export function StartStoryView(): ReactNode {
  const client = useClient();
  const action = useAction();
  const readonly = useStatus((state) => state.status?.mode === "readonly");
  const [form, setForm] = useState(kept);
  const [tried, setTried] = useState(false);
  const [started, setStarted] = useState<ResultOf<"create_story"> | null>(null);
  const errors = formErrors(form);
  const change = (part: Partial<StoryForm>): void => {
    kept = { ...form, ...part };
    setForm(kept);
  };
  const submit = (): void => {
    setTried(true);
    if (Object.keys(errors).length > 0) {
      requestAnimationFrame(() => {
        document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus();
      });
      return;
    }
    action.run(async () => {
      const answer = await client.request({ method: "create_story", params: storyParams(form) });
      kept = EMPTY_FORM;
      setStarted(answer);
    });
  };
  if (started !== null) return <StartedStory started={started} title={form.title} />;
  return (
    <div className={cls(panel["page"], panel["narrow"])}>
      <header>
        <h1 className={panel["heading"]}>{START.title}</h1>
        <p className={panel["lead"]}>{START.lead}</p>
      </header>
      <form
        className={panel["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <StoryFields
          form={form}
          errors={tried ? errors : lengthErrors(errors, form)}
          onChange={change}
        />
        <ProblemText problem={action.problem} onRetry={submit} />
        <div className={controls["row"]}>
          <button
            type="submit"
            className={cls(controls["button"], controls["primary"])}
            disabled={action.busy || readonly}
          >
            {action.busy ? "Making the first block…" : "Start the story"}
          </button>
          {readonly ? (
            <span className={controls["hint"]}>This page can only read; the notice says why.</span>
          ) : null}
        </div>
      </form>
    </div>
  );
}

/** Before the first try, an empty field is no error yet. */
function lengthErrors(
  errors: ReturnType<typeof formErrors>,
  form: StoryForm,
): ReturnType<typeof formErrors> {
  return Object.fromEntries(
    Object.entries(errors).filter(
      ([field]) => !((field === "title" || field === "premise") && form[field].trim() === ""),
    ),
  );
}
