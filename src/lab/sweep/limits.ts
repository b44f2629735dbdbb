/**
 * What one sweep may ask of the machine that simulates; `docs/LIMITS.md` lists it with its test.
 *
 * @module
 */

/** Points of one sweep; each is a run for every seed. */
export const SWEEP_POINTS_MAX = 100;
