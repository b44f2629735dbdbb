/**
 * How this account is shown to others: display name, colour, flower.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import type { AccountView } from "../../api-types.ts";
import { Flower } from "../../components/avatar.tsx";
import controls from "../../components/controls.module.css";
import { Modal } from "../../components/modal.tsx";
import { TextField } from "../../components/text-field.tsx";
import { avatarOf } from "../../format/avatar.ts";
import { hexColour, spokenName } from "../../format/identity.ts";
import { cleanText, countBytes } from "../../format/paragraph-text.ts";
import { OperationForm } from "../../payments/operation-form.tsx";
import { PROFILE_NAME_MAX_BYTES, setProfile } from "../../payments/operations.ts";
import { WALLET } from "./strings.ts";
import styles from "./wallet.module.css";

/** Inks that stay readable as marks on both papers. */
const INKS = [
  ["rust", 0xb0522e],
  ["ochre", 0xa67c1e],
  ["moss", 0x5f7f36],
  ["sea", 0x2f7f78],
  ["slate", 0x4d72a8],
  ["plum", 0x8a5a9c],
  ["rose", 0xb3526f],
  ["stone", 0x7c7468],
] as const;

function freshRecipe(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The dialog; begins with the profile that stands. */
export function ProfileDialog(props: {
  readonly account: AccountView;
  readonly onClose: () => void;
}): ReactNode {
  const { account, onClose } = props;
  const { address, profile } = account;
  const [name, setName] = useState(profile?.name ?? "");
  const [colour, setColour] = useState(profile?.colour ?? INKS[0][1]);
  const [avatar, setAvatar] = useState(profile?.avatar ?? avatarOf(address));
  const clean = cleanText(name).replaceAll("\n", " ");
  const tooLong = countBytes(clean) > PROFILE_NAME_MAX_BYTES;
  const draft = setProfile({ name: clean, colour, avatar });
  return (
    <Modal title="How you are shown" onClose={onClose}>
      <OperationForm
        me={address}
        draft={tooLong ? null : draft}
        frame={draft}
        label="Publish it"
        done="Your profile is on its way"
        onClose={onClose}
        onIncomplete={() => undefined}
      >
        <p className={controls["hint"]}>{WALLET.profileLead}</p>
        <div className={styles["portrait"]}>
          <Flower recipe={avatar} colour={hexColour(colour)} sizePx={84} />
          <div className={styles["portrait-side"]}>
            <p className={styles["name"]}>{clean === "" ? spokenName(address) : clean}</p>
            <button
              type="button"
              className={controls["button"]}
              onClick={() => {
                setAvatar(freshRecipe());
              }}
            >
              Another flower
            </button>
          </div>
        </div>
        <TextField
          label="Display name"
          value={name}
          onChange={setName}
          maxBytes={PROFILE_NAME_MAX_BYTES}
          error={tooLong ? "Shorten the name." : undefined}
        />
        <fieldset className={controls["field"]}>
          <legend className={controls["label"]}>Ink</legend>
          <div className={controls["choices"]}>
            {INKS.map(([ink, value]) => (
              <label key={ink} className={controls["choice"]}>
                <input
                  type="radio"
                  name="ink"
                  checked={colour === value}
                  onChange={() => {
                    setColour(value);
                  }}
                />
                <span
                  className={styles["ink"]}
                  style={{ background: hexColour(value) }}
                  aria-hidden
                />
                {ink}
              </label>
            ))}
          </div>
        </fieldset>
      </OperationForm>
    </Modal>
  );
}
