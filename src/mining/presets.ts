/**
 * How much of a computer mining may take, in three steps that a person can choose between. One core
 * always stays free: a page that stutters is closed, and a closed tab mines nothing.
 *
 * @module
 */

/** `gentle` (the default), `half` or `full`. */
export type MiningPreset = "gentle" | "half" | "full";

const GENTLE_DUTY = 0.25;
const HALF_DUTY = 0.5;

const spareCores = (cores: number): number => Math.max(1, Math.floor(cores) - 1);

/**
 * Miner threads on a machine of `cores` logical cores. Gentle: one. Half: half of the cores but
 * one, rounded down, at least one. Full: all cores but one, at least one.
 */
export function threadsFor(preset: MiningPreset, cores: number): number {
  if (preset === "gentle") return 1;
  return preset === "full" ? spareCores(cores) : Math.max(1, Math.floor(spareCores(cores) / 2));
}

/**
 * Share of its core that each thread uses, 0…1. Gentle: a quarter of the time, resting the other
 * three. Half: all the time, but half of it when there is one thread only (a lone thread at work
 * all the time would be as much as full on a machine of two cores). Full: all the time.
 */
export function dutyFor(preset: MiningPreset, cores: number): number {
  if (preset === "gentle") return GENTLE_DUTY;
  return preset === "half" && threadsFor(preset, cores) === 1 ? HALF_DUTY : 1;
}
