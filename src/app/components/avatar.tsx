/**
 * The flower of an address, in its colour; beside a name, so hidden from screen readers.
 *
 * @module
 */
import { type ReactNode, useMemo } from "react";
import { AVATAR_RADIUS, avatarFigures, avatarOf } from "../format/avatar.ts";
import { shownColour } from "../format/identity.ts";
import styles from "./avatar.module.css";

/** A flower of `recipe` in `colour` (a CSS colour). */
export function Flower(props: {
  readonly recipe: string;
  readonly colour: string;
  readonly sizePx: number;
}): ReactNode {
  const { recipe, colour, sizePx } = props;
  const figures = useMemo(() => avatarFigures(recipe), [recipe]);
  const edge = AVATAR_RADIUS;
  return (
    <svg
      aria-hidden
      className={styles["flower"]}
      width={sizePx}
      height={sizePx}
      viewBox={`${-edge} ${-edge} ${2 * edge} ${2 * edge}`}
      style={{ color: colour }}
    >
      {figures.map(({ path, filled }) => (
        <path key={path} d={path} className={filled ? styles["filled"] : styles["line"]} />
      ))}
    </svg>
  );
}

/** The flower that `profile` asks for, or the address's own. */
export function Avatar(props: {
  readonly address: string;
  readonly profile: { readonly colour: number; readonly avatar: string } | null;
  readonly sizePx: number;
}): ReactNode {
  const { address, profile, sizePx } = props;
  return (
    <Flower
      recipe={profile === null ? avatarOf(address) : profile.avatar}
      colour={shownColour(address, profile)}
      sizePx={sizePx}
    />
  );
}
