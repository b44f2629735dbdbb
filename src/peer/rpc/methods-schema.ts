/**
 * Parameters and result of every method, in one table. `write: true` marks methods that change something:
 * over HTTP and WebSocket they need the lighthouse's token. `surface` says where a method exists:
 * everywhere, or only in a tab (`page`), because only a tab has a person in front of it. Descriptions
 * become the OpenRPC document.
 *
 * @module
 */
import { CHAIN_SCHEMAS } from "./schemas/chain.ts";
import { PAYMENT_SCHEMAS } from "./schemas/payments.ts";
import { SETTINGS_SCHEMAS } from "./schemas/settings.ts";
import { STORY_SCHEMAS } from "./schemas/story.ts";
import { WALLET_SCHEMAS } from "./schemas/wallet.ts";
import { WRITING_SCHEMAS } from "./schemas/writing.ts";

/** The table. */
export const METHOD_SCHEMAS = {
  ...CHAIN_SCHEMAS,
  ...WRITING_SCHEMAS,
  ...STORY_SCHEMAS,
  ...WALLET_SCHEMAS,
  ...PAYMENT_SCHEMAS,
  ...SETTINGS_SCHEMAS,
} as const;
