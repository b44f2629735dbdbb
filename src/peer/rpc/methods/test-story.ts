/**
 * What scripts may do to a story of the test network only.
 *
 * @module
 */
import { CodedError } from "../../../kernel/errors.ts";
import type { Genesis } from "../../../kernel/genesis.ts";
import type { PeerCore } from "../../peer-core.ts";

/** The open story's genesis; throws `no-story`, and `not-a-test-story` where it says another network. */
export function requireTestStory(core: Pick<PeerCore, "session">): Genesis {
  const { genesis } = core.session().context.chain;
  if (genesis.network !== "test") throw new CodedError("not-a-test-story");
  return genesis;
}
