/**
 * The theme's colours as a canvas understands them: it knows no custom properties and no `light-dark()`.
 *
 * @module
 */
import { type RefObject, useEffect, useRef, useState } from "react";
import type { InkName } from "./looks.ts";

/** Colours of a plot by their part, and the font of its figures. */
export interface Ink extends Readonly<Record<InkName, string>> {
  readonly fill: string;
  readonly font: string;
}

function readInk(place: HTMLElement): Ink {
  const colour = (value: string): string => {
    // A fresh one each time: a colour that changes may be on its way for a transition's length.
    const probe = document.createElement("span");
    probe.style.color = value;
    place.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
  return {
    accent: colour("var(--accent)"),
    ink: colour("var(--ink)"),
    soft: colour("var(--soft)"),
    edge: colour("var(--edge)"),
    line: colour("var(--line)"),
    good: colour("var(--good)"),
    warn: colour("var(--warn)"),
    bad: colour("var(--bad)"),
    fill: colour("color-mix(in srgb, var(--accent) 28%, transparent)"),
    font: `11px ${getComputedStyle(place).fontFamily}`,
  };
}

/** The colours at `place`, anew when the theme changes; null before the first drawing. */
export function useInk(): {
  readonly place: RefObject<HTMLDivElement | null>;
  readonly ink: Ink | null;
} {
  const place = useRef<HTMLDivElement>(null);
  const [ink, setInk] = useState<Ink | null>(null);
  useEffect(() => {
    const read = (): void => {
      if (place.current !== null) setInk(readInk(place.current));
    };
    read();
    const media = matchMedia("(prefers-color-scheme: dark)");
    media.addEventListener("change", read);
    const theme = new MutationObserver(read);
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => {
      media.removeEventListener("change", read);
      theme.disconnect();
    };
  }, []);
  return { place, ink };
}
