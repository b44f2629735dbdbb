/**
 * Text settings that are kept when their field is left or Enter is pressed.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import type { ParamsOf } from "../../../peer/rpc/schema.ts";
import { TextField } from "../../components/text-field.tsx";

type Keep = (part: ParamsOf<"set_settings">) => void;

/** The name that this tab shows for itself. */
export function NameField(props: { readonly name: string; readonly onKeep: Keep }): ReactNode {
  const [name, setName] = useState(props.name);
  return (
    <TextField
      label="Name of this tab"
      value={name}
      hint="Shown to you only; others see your handle, or the name that follows from your address."
      onChange={setName}
      onBlur={() => {
        if (name.trim() !== props.name) props.onKeep({ name: name.trim() });
      }}
    />
  );
}

const MOST = 8;
const MULTIADDR = /^\/(ip4|ip6|dns|dns4|dns6)\/[^\s]+$/u;

/** What is wrong with a list of lighthouse addresses, one for each line. */
export function lighthouseError(lines: readonly string[]): string | undefined {
  if (lines.length > MOST) return `At most ${MOST} addresses.`;
  const wrong = lines.find((line) => !MULTIADDR.test(line) || line.length > 300);
  return wrong === undefined
    ? undefined
    : `“${wrong.slice(0, 40)}” is not a multiaddr such as /dns4/example.org/tcp/443/wss.`;
}

/** Extra lighthouses, one address a line. */
export function LighthouseField(props: {
  readonly lighthouses: readonly string[];
  readonly onKeep: Keep;
}): ReactNode {
  const before = props.lighthouses.join("\n");
  const [text, setText] = useState(before);
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const error = lighthouseError(lines);
  return (
    <TextField
      label="Extra lighthouses, one address a line"
      value={text}
      rows={3}
      error={error}
      hint="They introduce this tab to others, and are asked for stories you open."
      onChange={setText}
      onBlur={() => {
        if (error === undefined && lines.join("\n") !== before)
          props.onKeep({ lighthouses: lines });
      }}
    />
  );
}
