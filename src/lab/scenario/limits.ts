/**
 * Caps of a scenario: a file or a link that somebody sends must not decide how much memory or time a tab
 * spends. What goes past one is a problem with its line, never a crash.
 *
 * @module
 */

/** Characters of the YAML; a thousand agents written out fit. */
export const SCENARIO_TEXT_MAX = 262_144;
/** Nested collections of the YAML; the schema needs 6. Far deeper ones exhaust the stack of the YAML library. */
export const SCENARIO_DEPTH_MAX = 32;
/** Problems that are listed; what is beyond them shows once these are mended. */
export const SCENARIO_PROBLEMS_MAX = 100;
/** Agents, those of a `count` included. */
export const AGENTS_MAX = 2_000;
/** Peers: agents and readers. */
export const PEERS_MAX = 20_000;
/** Peers of a mesh: links grow with the square. */
export const MESH_PEERS_MAX = 200;
/** Links that a peer chooses by itself (`random`, `dag`). */
export const DEGREE_MAX = 64;
/** Key blocks of one run. */
export const BLOCKS_MAX = 1_000_000;
/** Virtual time of one run: 10 years of 365 days. */
export const DURATION_MAX_MS = 315_360_000_000;
/** A run that names no duration ends after this many times the time that its blocks should take. */
export const DURATION_WITHOUT_ONE_PACES = 100;
/** Changes during one run. */
export const PHASES_MAX = 100;
/** Finds of a trace: with short names they fill the longest text. */
export const TRACE_MAX = 10_000;
/** Groups that peers are split into. */
export const GROUPS_MAX = 16;
/** Runs that one scenario asks for. */
export const SEEDS_MAX = 64;
/** Seeds are unsigned 32-bit integers. */
export const SEED_MAX = 4_294_967_295;
/** Hashes a second of all miners together. */
export const TOTAL_HASHRATE_MAX = 1_000_000_000_000_000;
/** A hash rate in per cent; far beyond 100 for files that write other units and let them be divided by the sum. */
export const HASHRATE_MAX = 1_000_000_000_000;
/** One-way delay between two peers: ten minutes. */
export const LATENCY_MAX_MS = 600_000;
/** Time to check a block: one minute. */
export const VERIFY_MAX_MS = 60_000;
/** By which a phase may multiply. */
export const FACTOR_MAX = 1_000;
/** Mean session, absence and payment interval: one year. */
export const INTERVAL_MAX_MS = 31_536_000_000;
/** Consumer amount of one payment, in tokens. */
export const AMOUNT_MAX_TOKENS = 1_000_000;
/** An agent's id. */
export const ID_MAX_LENGTH = 40;
/** A scenario's name, a phase's label. */
export const NAME_MAX_LENGTH = 80;
/** A scenario's description, and any other text of a configuration. */
export const DESCRIPTION_MAX_LENGTH = 500;
/** Keys of one agent's `attributes`. */
export const ATTRIBUTES_MAX = 32;
/** Arguments of the block controller. */
export const CONTROLLER_ARGUMENTS_MAX = 20;
/** Characters of a link's payload; browsers and chats cut longer addresses. */
export const SCENARIO_LINK_MAX = 65_536;
