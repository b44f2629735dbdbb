/**
 * One question to one peer, with the blame that a broken answer deserves.
 *
 * @module
 */
import { CodedError, isCoded } from "../../kernel/errors.ts";
import { MAX_RESPONSE_BYTES, REQUEST_TIMEOUT_MS } from "../limits.ts";
import { describeFault } from "../log.ts";
import { consequenceOf } from "../penalties.ts";
import { type Answer, decodeAnswer, encodeQuestion, type Question } from "../wire/messages.ts";
import type { StoryContext } from "./context.ts";

/** Punishes `peer` for a fault that its message caused (`consequenceOf`) and writes the log line. */
export function blame(context: StoryContext, peer: string, code: string, detail = ""): void {
  punish(context, peer, code, detail, consequenceOf(code).points);
}

/** Writes the log line and takes points, if any, from `peer`. */
export function punish(
  context: StoryContext,
  peer: string,
  code: string,
  detail: string,
  points: number,
): void {
  context.log.add(points > 0 ? "warn" : "info", code, detail, peer);
  if (points > 0) context.ports.network.penalise(peer, points, code);
}

/**
 * Asks and decodes. Rejects with the mesh's codes (`request-timeout`, `peer-gone`, …) or with
 * `bad-encoding` when the answer is not what was asked for; the peer has been blamed by then.
 */
export async function ask<Tag extends Answer["TAG"]>(
  context: StoryContext,
  peer: string,
  question: Question,
  expected: readonly Tag[],
): Promise<Extract<Answer, { TAG: Tag }>> {
  // Outside of the blame: a question that we cannot encode is our own fault.
  const encoded = encodeQuestion(question);
  try {
    const bytes = await context.ports.network.request(peer, encoded, {
      timeoutMs: REQUEST_TIMEOUT_MS,
      maxBytes: MAX_RESPONSE_BYTES,
    });
    const answer = decodeAnswer(bytes);
    if (!expected.some((tag) => tag === answer.TAG)) {
      throw new CodedError("bad-encoding", {
        what: "response",
        reason: `unexpected ${answer.TAG}`,
      });
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its tag is among the expected ones
    return answer as Extract<Answer, { TAG: Tag }>;
  } catch (reason) {
    const { code, detail } = describeFault(reason);
    // A peer of an older version or one that is shutting down refuses; that alone is no offence.
    if (isCoded(reason) && code !== "request-refused") blame(context, peer, code, detail);
    throw reason;
  }
}
