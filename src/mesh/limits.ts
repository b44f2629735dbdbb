/**
 * Every cap of the mesh in one place (NET-6), each with its reason, so that `docs/LIMITS.md` can list
 * them and tests can go past them. Units are in the names.
 *
 * @module
 */
import type { Topic } from "../chain/ports/network.ts";

/** Peers of a tab: each costs an SCTP association and 1–2 % of a core; 12 keep any mesh well connected. */
export const MAX_CONNECTIONS_TAB = 12;
/** Peers of a lighthouse: a WebSocket is cheap, but each is a file handle and a gossip stream. */
export const MAX_CONNECTIONS_LIGHTHOUSE = 256;
/** A tab stops dialling this far below its cap, so that newcomers always find tabs with free places. */
export const FREE_PLACES = 2;
/** Below this many direct connections a tab also dials lower ids, lest it waits for tabs that are full. */
export const HUNGRY_BELOW = 3;

/** Largest gossip frame decoded at all: several messages may share one, none is near this. */
export const MAX_GOSSIP_FRAME_BYTES = 262_144;
/**
 * Largest message per story topic: a header of ≤ 512 bytes with room for its envelope; a signed list of ≤ 64
 * peers; some fifty plain transactions, or the three largest.
 */
export const MAX_TOPIC_BYTES: Readonly<Record<Topic, number>> = {
  announce: 1_024,
  tracker: 32_768,
  tx: 16_384,
};
/** Largest discovery message: six addresses of ≤ 256 characters. */
export const MAX_PEERS_MESSAGE_BYTES = 2_048;
/** New gossip messages a second from one neighbour (it also forwards for others): a lively mesh pays a few dozen times. */
export const GOSSIP_MESSAGES_PER_SECOND = 120;
/** Gossip messages a neighbour may send at once, for instance after a heal. */
export const GOSSIP_BURST = 480;
/** Topics that are forwarded: announce, tracker, tx, peers. */
const FORWARDED_TOPICS = 4;
/** Messages of one topic forwarded a second, whoever sent them: all topics together stay below a neighbour's cap. */
export const FORWARDS_PER_SECOND: number = (GOSSIP_MESSAGES_PER_SECOND * 0.8) / FORWARDED_TOPICS;
/** Messages of one topic forwarded at once. */
export const FORWARD_BURST: number = (GOSSIP_BURST * 0.8) / FORWARDED_TOPICS;
/** Own messages per topic kept while nobody listens: the newest tips, not a history. */
export const MAX_HELD_MESSAGES = 8;

/** Largest request: a list of 4,000 hashes or a pushed body (BODY-1: 128 KiB) with its envelope. */
export const MAX_REQUEST_BYTES = 262_144;
/** Largest answer: 30 full bodies; WebRTC cannot push back, so a longer answer would only pile up. */
export const MAX_RESPONSE_BYTES = 4_194_304;
/** Request streams a peer may hold open to us; its seventh request can wait for one of the others. */
export const MAX_STREAMS_PER_PEER = 8;
/** Request streams we hold open to a peer: below its cap, so that a race of closing streams costs nothing. */
export const MAX_OWN_STREAMS_PER_PEER = 6;
/** Requests waiting for a stream to one peer; more means that the caller does not look at answers. */
export const MAX_WAITING_REQUESTS_PER_PEER = 256;
/** libp2p's own ceiling, above ours so that ours (with a penalty) is met first. */
export const MAX_PROTOCOL_STREAMS = 32;
/** Requests sent on one stream before the answer to the first: nobody needs more. */
export const MAX_QUEUED_FRAMES = 4;
/** Requests a second from one peer: a syncing tab asks for batches and stays below 40. */
export const REQUESTS_PER_SECOND = 50;
/** Requests a peer may send at once. */
export const REQUEST_BURST = 100;
/** Share of the caps above that we use ourselves, so that clocks that differ cost no penalty. */
export const OWN_SHARE = 0.8;
/** Requests and answers of one peer a minute: a whole story of 2,000 paragraphs is below 8 MiB. */
export const BYTES_PER_MINUTE = 67_108_864;
/** Time for one frame to arrive once it began, and for one answer to be taken. */
export const FRAME_TIMEOUT_MS = 15_000;
/** An inbound request stream without a request for this long is closed. */
export const SERVER_IDLE_MS = 60_000;
/** We close our own idle request streams before the other side does. */
export const CLIENT_IDLE_MS = 20_000;

/** Control frames (ping, pong, bye) are 5 bytes at most. */
export const MAX_CONTROL_BYTES = 16;
/** Control frames a second from one peer: a ping each 5 s and its pong. */
export const CONTROL_FRAMES_PER_SECOND = 5;
/** Control frames a peer may send at once. */
export const CONTROL_BURST = 20;

/** Known peers of discovery; the least recently heard goes first. */
export const MAX_DISCOVERED_PEERS = 128;
/** Addresses taken from one discovery message. */
export const MAX_ADDRESSES_PER_PEER = 6;
/** Longest multiaddr taken from anyone: a circuit address with two peer ids has about 200 characters. */
export const MAX_ADDRESS_CHARS = 256;
/** A peer that has not announced itself for this long is forgotten. */
export const DISCOVERED_TTL_MS = 60_000;
/** Ways in kept and supervised. */
export const MAX_WAYS_IN = 16;

/** Relay reservations of a lighthouse: one per connected tab. */
export const MAX_RESERVATIONS = 256;
/** Bytes through one relayed connection: signalling needs about 10 KB. */
export const RELAYED_BYTES = 1_048_576;
/** Life of one relayed connection: signalling takes seconds even on a busy machine. */
export const RELAYED_MS = 120_000;

/** At this score a peer is disconnected and refused. */
export const DISCONNECT_SCORE = -100;
/** For how long it is refused. */
export const REFUSE_MS = 600_000;
/** Where it starts afterwards: on probation. */
export const PROBATION_SCORE = -50;
/** Points that come back per minute, so that rare mistakes of an honest peer never add up. */
export const FORGIVEN_PER_MINUTE = 10;
/** Peers whose score is remembered; the best one is forgotten first. */
export const MAX_SCORED_PEERS = 4_096;

/** Penalty points by what a peer did to the mesh itself; the peer's rules add their own by error code. */
export const PENALTY: Readonly<
  Record<"rejectedMessage" | "tooLarge" | "garbage" | "flood" | "gossipFlood", number>
> = {
  /** A gossip message that its handler rejected. */
  rejectedMessage: 10,
  /** A gossip message or frame beyond its cap: never an accident. */
  tooLarge: 50,
  /** Bytes that are no message of the protocol. */
  garbage: 25,
  /** One request, stream or control frame beyond the rate. */
  flood: 5,
  /** One gossip message beyond the rate; neighbours forward for others, so it weighs less. */
  gossipFlood: 2,
};
