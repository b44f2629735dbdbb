/**
 * How the blocks of a run are named.
 *
 * @module
 */

/** Number of a block: its place in the order in which blocks were found; the genesis is 0. */
export type BlockNumber = number;
