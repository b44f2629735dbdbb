/**
 * The theme's colours as a canvas understands them: it knows no custom properties and no `light-dark()`.
 *
 * @module
 */
import { type RefObject, useEffect, useRef, useState } from "react";

/** Colours of a plot by their part, and the font of its figures. */
export interface Ink {
  readonly accent: string;
  readonly ink: string;
  readonly soft: string;
  readonly edge: string;
  readonly line: string;
  readonly fill: string;
  readonly font: string;
}

const COLOURS: Readonly<Record<Exclude<keyof Ink, "font">, string>> = {
  accent: "var(--accent)",
  ink: "var(--ink)",
  soft: "var(--soft)",
  edge: "var(--edge)",
  line: "var(--line)",
  fill: "color-mix(in srgb, var(--accent) 28%, transparent)",
};

function readInk(place: HTMLElement): Ink {
  const probe = document.createElement("span");
  place.append(probe);
  const colour = (value: string): string => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const { accent, ink, soft, edge, line, fill } = COLOURS;
  const read: Ink = {
    accent: colour(accent),
    ink: colour(ink),
    soft: colour(soft),
    edge: colour(edge),
    line: colour(line),
    fill: colour(fill),
    font: `11px ${getComputedStyle(place).fontFamily}`,
  };
  probe.remove();
  return read;
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
