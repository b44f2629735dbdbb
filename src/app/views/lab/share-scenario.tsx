/**
 * The scenario as a link, made when it is asked for.
 *
 * @module
 */
import { type ReactNode, useEffect, useState } from "react";
import { scenarioToFragment } from "../../../lab/scenario/scenario-link.ts";
import controls from "../../components/controls.module.css";
import { CopyButton } from "../../components/copy-button.tsx";
import { labHref } from "../../routes.ts";
import { failureText } from "./failures.ts";

const MADE_AFTER_MS = 300;

/** A button that copies the link of `text`. */
export function ShareScenario(props: { readonly text: string }): ReactNode {
  const { text } = props;
  const [made, setMade] = useState<{ readonly link: string } | { readonly failure: string } | null>(
    null,
  );
  useEffect(() => {
    let over = false;
    // Ready before the click: a browser copies only at once after one.
    const timer = setTimeout(() => {
      scenarioToFragment(text).then(
        (fragment) => {
          const site = location.href.split("#", 1)[0] ?? "";
          if (!over) setMade({ link: `${site}${labHref(fragment)}` });
        },
        (error: unknown) => {
          if (!over) setMade({ failure: failureText(error) });
        },
      );
    }, MADE_AFTER_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [text]);
  if (made === null) return null;
  return (
    <div className={controls["row"]}>
      {"link" in made ? (
        <>
          <CopyButton text={made.link} label="Copy a link to this scenario" />
          <span className={controls["hint"]}>Opening it never runs anything by itself.</span>
        </>
      ) : (
        <p className={controls["error"]}>{made.failure}</p>
      )}
    </div>
  );
}
