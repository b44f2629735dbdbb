/**
 * The guided experiments, in the order of a course.
 *
 * @module
 */
import { EVERYONE_GOES_HOME } from "./everyone-goes-home.ts";
import type { Experiment } from "./experiment.ts";
import { FIFTY_ONE } from "./fifty-one.ts";
import { WHAT_IS_DIFFICULTY } from "./what-is-difficulty.ts";
import { WHY_FORKS } from "./why-forks.ts";
import { WHY_REST } from "./why-rest.ts";

/** All of them. */
export const EXPERIMENTS: readonly Experiment[] = [
  WHAT_IS_DIFFICULTY,
  WHY_FORKS,
  FIFTY_ONE,
  WHY_REST,
  EVERYONE_GOES_HOME,
];
