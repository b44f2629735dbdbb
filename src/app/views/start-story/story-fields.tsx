/**
 * The fields of a new story.
 *
 * @module
 */
import type { ReactNode } from "react";
import { PREMISE_MAX_BYTES, RULES_MAX_BYTES, TITLE_MAX_BYTES } from "../../../kernel/limits.ts";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { TextField } from "../../components/text-field.tsx";
import type { FormErrors, StoryForm } from "./story-form.ts";
import { LANGUAGES, PACES, RATINGS } from "./strings.ts";

/** All fields; errors stand under theirs. */
export function StoryFields(props: {
  readonly form: StoryForm;
  readonly errors: FormErrors;
  readonly onChange: (part: Partial<StoryForm>) => void;
}): ReactNode {
  const { form, errors, onChange } = props;
  const pace = PACES.find((one) => one.paceMs === form.paceMs);
  return (
    <>
      <TextField
        label="Title"
        value={form.title}
        error={errors.title}
        maxBytes={TITLE_MAX_BYTES}
        onChange={(title) => {
          onChange({ title });
        }}
      />
      <TextField
        label="Premise"
        value={form.premise}
        error={errors.premise}
        rows={5}
        maxBytes={PREMISE_MAX_BYTES}
        hint="Where it begins, who is there, what is wrong."
        onChange={(premise) => {
          onChange({ premise });
        }}
      />
      <fieldset className={controls["field"]}>
        <legend className={controls["label"]}>Pace: one paragraph about every…</legend>
        <div className={controls["choices"]}>
          {PACES.map((one) => (
            <label key={one.paceMs} className={controls["choice"]}>
              <input
                type="radio"
                name="pace"
                checked={form.paceMs === one.paceMs}
                onChange={() => {
                  onChange({ paceMs: one.paceMs });
                }}
              />
              {one.name}
            </label>
          ))}
          <label className={controls["choice"]}>
            <input
              type="radio"
              name="pace"
              checked={form.paceMs === "custom"}
              onChange={() => {
                onChange({ paceMs: "custom" });
              }}
            />
            Custom
          </label>
        </div>
        {pace === undefined ? null : <p className={controls["hint"]}>{pace.hint}</p>}
      </fieldset>
      {form.paceMs === "custom" ? (
        <TextField
          label="Seconds between paragraphs"
          value={form.customSeconds}
          error={errors.customSeconds}
          inputMode="numeric"
          onChange={(customSeconds) => {
            onChange({ customSeconds });
          }}
        />
      ) : null}
      <div className={panel["two"]}>
        <LanguageField form={form} errors={errors} onChange={onChange} />
        <label className={controls["field"]}>
          <span className={controls["label"]}>For whom</span>
          <select
            className={controls["input"]}
            value={form.contentRating}
            onChange={(event) => {
              const rating = RATINGS.find(([value]) => value === event.target.value);
              if (rating !== undefined) onChange({ contentRating: rating[0] });
            }}
          >
            {RATINGS.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <TextField
          label="Most words in a paragraph"
          value={form.maxWords}
          error={errors.maxWords}
          inputMode="numeric"
          onChange={(maxWords) => {
            onChange({ maxWords });
          }}
        />
        <TextField
          label="Paragraphs in a chapter"
          value={form.chapterLength}
          error={errors.chapterLength}
          inputMode="numeric"
          hint="A writer may begin one earlier."
          onChange={(chapterLength) => {
            onChange({ chapterLength });
          }}
        />
      </div>
      <TextField
        label="House rules (may stay empty)"
        value={form.rules}
        error={errors.rules}
        rows={2}
        maxBytes={RULES_MAX_BYTES}
        hint="What every writer should keep to."
        onChange={(rules) => {
          onChange({ rules });
        }}
      />
    </>
  );
}

function LanguageField(props: {
  readonly form: StoryForm;
  readonly errors: FormErrors;
  readonly onChange: (part: Partial<StoryForm>) => void;
}): ReactNode {
  const { form, errors, onChange } = props;
  const known = LANGUAGES.some(([tag]) => tag === form.language);
  return (
    <div className={controls["field"]}>
      <label className={controls["field"]}>
        <span className={controls["label"]}>Language</span>
        <select
          className={controls["input"]}
          value={known ? form.language : "other"}
          onChange={(event) => {
            onChange({ language: event.target.value === "other" ? "" : event.target.value });
          }}
        >
          {LANGUAGES.map(([tag, name]) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
          <option value="other">Another…</option>
        </select>
      </label>
      {known ? null : (
        <TextField
          label="Language tag"
          value={form.language}
          error={errors.language}
          onChange={(language) => {
            onChange({ language });
          }}
        />
      )}
    </div>
  );
}
