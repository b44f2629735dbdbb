/**
 * An avatar is a printer's flower drawn from eight bytes: petals around a centre. Every recipe gives one,
 * the same one everywhere; an address without a profile has one from its own digits.
 *
 * @module
 */

/** One figure of the flower: a path, filled or as a line. */
export interface Figure {
  readonly path: string;
  readonly filled: boolean;
}

/** The drawing stands in a square from −`AVATAR_RADIUS` to `AVATAR_RADIUS`. */
export const AVATAR_RADIUS = 32;

const round = (value: number): string => String(Math.round(value * 100) / 100);

/** A point at `radius` and `turn` (of 1). */
function point(radius: number, turn: number): string {
  const angle = 2 * Math.PI * turn;
  return `${round(radius * Math.sin(angle))} ${round(-radius * Math.cos(angle))}`;
}

const circle = (radius: number, turn: number, size: number): string => {
  const angle = 2 * Math.PI * turn;
  const x = radius * Math.sin(angle);
  const y = -radius * Math.cos(angle);
  const arc = `a${round(size)} ${round(size)} 0 1 0`;
  return `M${round(x - size)} ${round(y)}${arc} ${round(2 * size)} 0${arc} ${round(-2 * size)} 0z`;
};

/** One petal between two radii, as wide as `spread` turns. */
function petal(form: number, inner: number, outer: number, turn: number, spread: number): string {
  const middle = (inner + outer) / 2;
  switch (form) {
    case 0:
      return `M${point(inner, turn)}Q${point(middle * 1.15, turn - spread)} ${point(outer, turn)}Q${point(middle * 1.15, turn + spread)} ${point(inner, turn)}z`;
    case 1:
      return `M${point(inner, turn)}L${point(middle, turn - spread * 0.6)}L${point(outer, turn)}L${point(middle, turn + spread * 0.6)}z`;
    case 2:
      return circle(middle * 1.1, turn, Math.min((outer - inner) / 2.6, middle * spread * 2.6));
    default:
      return `M${point(inner, turn - spread * 0.5)}L${point(outer, turn - spread * 0.35)}Q${point(outer * 1.12, turn)} ${point(outer, turn + spread * 0.35)}L${point(inner, turn + spread * 0.5)}z`;
  }
}

/** The flower of a recipe of 16 hex digits; missing digits count as 0. */
export function avatarFigures(recipe: string): readonly Figure[] {
  const byte = (index: number): number => {
    const value = Number.parseInt(recipe.slice(2 * index, 2 * index + 2), 16);
    return Number.isNaN(value) ? 0 : value;
  };
  const petals = 4 + (byte(0) % 6);
  const spread = 0.42 / petals;
  const turn = byte(6) / 256 / petals;
  const inner = 9 + (byte(2) % 6);
  const outer = 24 + (byte(2) >> 5) / 2;
  const around = (draw: (at: number) => string, offset: number): string =>
    Array.from({ length: petals }, (_, index) => draw(turn + (index + offset) / petals)).join("");
  const centre = byte(5) % 3;
  const figures: Figure[] = [
    {
      path: around((at) => petal(byte(1) % 4, inner, outer, at, spread), 0),
      filled: byte(7) % 2 === 0,
    },
    {
      path:
        byte(3) % 3 === 0
          ? around((at) => circle(outer - 1, at, 2.2), 0.5)
          : around((at) => petal(byte(3) % 4, inner + 3, outer - 4, at, spread * 0.7), 0.5),
      filled: byte(7) % 2 === 1 || byte(3) % 3 === 0,
    },
    { path: circle(0, 0, Math.max(2.5, inner - 4 - (byte(4) % 3))), filled: centre === 0 },
  ];
  if (centre === 2) figures.push({ path: circle(0, 0, 2.5), filled: true });
  return figures;
}

/** The recipe of an address that chose none. */
export function avatarOf(address: string): string {
  return address.slice(16, 32);
}
