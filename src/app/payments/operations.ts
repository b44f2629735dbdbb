/**
 * Operations as the page offers them: their fields, their price, and how many bytes will be signed, so
 * that the fee is known before anybody agrees to it. The peer checks all of it again.
 *
 * @module
 */
import { NOTHING, type Pair, pairIn } from "../format/amounts.ts";
import { operationBytes } from "../format/fees.ts";
import { countBytes } from "../format/paragraph-text.ts";

/** One operation, ready for `submit_operation`. */
export interface OperationDraft {
  readonly module: "handles" | "codex" | "profile";
  readonly operation: Readonly<Record<string, string | number>>;
  /** Due beside the fee if the operation succeeds. */
  readonly price: Pair;
  /** Of the signed transaction. */
  readonly sizeBytes: number;
}

/** Price of a registration: 10 consumer tokens (HND-1). */
export const HANDLE_PRICE: Pair = pairIn("consumer", 10_000_000n);

/** The caps of the ledger's layouts, in UTF-8 bytes. */
export const CODEX_NAME_MAX_BYTES = 60;
export const CODEX_TEXT_MAX_BYTES = 600;
export const PROFILE_NAME_MAX_BYTES = 40;
/** A plain transfer's note (TX-6). */
export const NOTE_MAX_BYTES = 256;

/** What may be registered (HND-1), without the `@`. */
const HANDLE = /^[a-z0-9_]{3,24}$/;

/** A handle as typed: without `@`, in lower case. */
export function cleanHandle(text: string): string {
  return text.trim().replace(/^@/, "").toLowerCase();
}

/** True for what a handle may be; whether it is free or reserved is the ledger's answer. */
export function isHandle(handle: string): boolean {
  return HANDLE.test(handle);
}

/** Registers `handle` for the account that signs. */
export function registerHandle(handle: string): OperationDraft {
  return {
    module: "handles",
    operation: { action: "register", handle },
    price: HANDLE_PRICE,
    sizeBytes: operationBytes("handles", 4 + handle.length),
  };
}

/** Gives one's own handle to another address. */
export function moveHandle(handle: string, to: string): OperationDraft {
  return {
    module: "handles",
    operation: { action: "move", handle, to },
    price: NOTHING,
    sizeBytes: operationBytes("handles", 3 + handle.length + 32),
  };
}

/** Replaces the profile of the account that signs. */
export function setProfile(profile: {
  readonly name: string;
  readonly colour: number;
  readonly avatar: string;
}): OperationDraft {
  return {
    module: "profile",
    operation: { action: "set", ...profile },
    price: NOTHING,
    sizeBytes: operationBytes("profile", 14 + countBytes(profile.name)),
  };
}

/** Adds an entry to the codex for a price (consumer units), or amends one's own. */
export function writeCodex(
  entry: {
    readonly action: "add" | "amend";
    readonly kind: string;
    readonly name: string;
    readonly text: string;
  },
  price: bigint,
): OperationDraft {
  return {
    module: "codex",
    operation: { ...entry },
    price: entry.action === "add" ? pairIn("consumer", price) : NOTHING,
    sizeBytes: operationBytes("codex", 6 + countBytes(entry.name) + countBytes(entry.text)),
  };
}
