/**
 * Names on the wire: each story has its own topics and its own request protocol, so that peers of
 * different stories may share a relay without hearing each other.
 *
 * @module
 */
import type { Topic } from "../chain/ports/network.ts";
import { CodedError } from "../kernel/errors.ts";

/** The topics of the port, in wire order. */
export const TOPICS: readonly Topic[] = ["announce", "tracker", "tx"];

/** Ping, pong and bye are the same in all stories: a lighthouse serves many. */
export const CONTROL_PROTOCOL = "/fabula/1/control/1";

const STORY_ID_DIGITS = /^[0-9a-f]{16,64}$/;

function prefix(storyId: string): string {
  if (!STORY_ID_DIGITS.test(storyId))
    throw new CodedError("bad-hex", { what: "story id", value: storyId.slice(0, 80) });
  return `/fabula/1/${storyId.slice(0, 16)}`;
}

/** `/fabula/1/<16 hex>/<topic>/1`; throws `bad-hex`. */
export function topicName(storyId: string, topic: Topic): string {
  return `${prefix(storyId)}/${topic}/1`;
}

/**
 * The discovery topic, one for all stories: gossip is forwarded only by who listens, so a lighthouse
 * that archives another story would else keep the tabs of this one apart.
 */
export const PEERS_TOPIC = "/fabula/1/peers/1";

/** The story's name in announcements: the first 16 digits of its id; throws `bad-hex`. */
export function storyTag(storyId: string): string {
  return prefix(storyId).slice("/fabula/1/".length);
}

/** The request protocol `/fabula/1/<16 hex>/request/1`; throws `bad-hex`. */
export function requestProtocolName(storyId: string): string {
  return `${prefix(storyId)}/request/1`;
}
