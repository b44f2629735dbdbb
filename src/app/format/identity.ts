/**
 * Names and colours that follow from an address alone, so that every reader sees the same ones.
 * The spoken name is a proquint of the first 32 bits (Wilkerson 2009): easy to say and to compare,
 * never a proof; details always show the whole address.
 *
 * @module
 */

const NAME_SHOWN = 28;
const CONSONANTS = "bdfghjklmnprstvz";
const VOWELS = "aiou";

function quint(bits: number): string {
  return (
    CONSONANTS.charAt((bits >> 12) & 15) +
    VOWELS.charAt((bits >> 10) & 3) +
    CONSONANTS.charAt((bits >> 6) & 15) +
    VOWELS.charAt((bits >> 4) & 3) +
    CONSONANTS.charAt(bits & 15)
  );
}

/** A name that can be said aloud, from an address of hex digits: `lusab-babad`. */
export function spokenName(address: string): string {
  const first = Number.parseInt(address.slice(0, 4), 16);
  const second = Number.parseInt(address.slice(4, 8), 16);
  if (Number.isNaN(first) || Number.isNaN(second)) return address.slice(0, 8);
  return `${quint(first)}-${quint(second)}`;
}

/** What everybody calls an address: its handle, else the name that follows from it. */
export function calledName(address: string, handle: string | null): string {
  return handle === null ? spokenName(address) : atHandle(handle);
}

/** A colour for marks beside the name (never for text), readable in both themes. */
export function authorColour(address: string): string {
  const hue = Number.parseInt(address.slice(8, 12), 16);
  const strong = Number.parseInt(address.slice(12, 13), 16) % 2 === 0;
  const turn = Number.isNaN(hue) ? 0 : Math.round((hue / 65_536) * 360);
  const chroma = strong ? 0.12 : 0.075;
  return `light-dark(oklch(0.56 ${chroma} ${turn}), oklch(0.72 ${chroma} ${turn}))`;
}

/** The colour of an address: its profile's, else the one that follows from it. */
export function shownColour(address: string, profile: { readonly colour: number } | null): string {
  return profile === null ? authorColour(address) : hexColour(profile.colour);
}

/** A handle as it is written: `@pell`. */
export function atHandle(handle: string): string {
  return `@${handle}`;
}

/**
 * A display name as it may be shown: anybody can take any, so it never looks like a handle, and it is
 * cut before it pushes the address out of sight.
 */
export function shownName(name: string): string {
  const plain = name
    .replace(/^[@\s]+/u, "")
    .replace(/\s+/gu, " ")
    .trimEnd();
  return plain.length <= NAME_SHOWN ? plain : `${plain.slice(0, NAME_SHOWN - 1)}…`;
}

/** `#1f8a4c` from 0x1f8a4c. */
export function hexColour(colour: number): string {
  return `#${(colour & 0xff_ff_ff).toString(16).padStart(6, "0")}`;
}

/** The two ends of a long id: `1f3a9c…77e2`. */
export function shortId(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 6)}…${id.slice(-4)}`;
}

/** The end of a peer id, where ids differ. */
export function shortPeerId(id: string): string {
  return id.length <= 8 ? id : `…${id.slice(-6)}`;
}
