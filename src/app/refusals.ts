/**
 * What each number of the ledger means to a person, and what to do about it: 1–14 and 32–38 are refusals
 * (nothing left the wallet), 64 and above are operations that lose: foreseen before they are signed, or
 * sealed and paid for, where somebody was faster (TX-7).
 *
 * @module
 */

/** From here on a number is what became of an operation; below, why a transaction was refused. */
const FIRST_OUTCOME = 64;

/** In a few words, and in a sentence with what to do. */
export interface Refusal {
  readonly short: string;
  readonly text: string;
}

const of = (short: string, text: string): Refusal => ({ short, text });

const REFUSALS: Readonly<Record<number, Refusal>> = {
  1: of(
    "unknown sender",
    "This account has never received anything, so it cannot pay. Let somebody send to it, or let a paragraph of yours enter the story.",
  ),
  2: of(
    "balance too low",
    "The balance does not cover the amount and the fee, less what your waiting payments take. Send less, or wait for the next reward.",
  ),
  3: of(
    "a number was skipped",
    "A payment of this account before this one is missing. Wait until the ones before are sealed, then try again.",
  ),
  4: of(
    "unknown way to pay the fee",
    "The choice of which balance pays the fee is not one of the three. Choose consumer, industrial or half of each.",
  ),
  5: of(
    "wrong signature",
    "The signature is not the sender's for this story. Sign it again, with the account that pays and in the story it is meant for.",
  ),
  6: of(
    "already there",
    "A payment with this number waits or stands in the story already. Look at your activity before you send it again.",
  ),
  7: of(
    "not found",
    "No such payment waits here. It was sealed meanwhile, or it was never sent to this peer.",
  ),
  8: of(
    "recipient is full",
    "The recipient cannot hold that much. Send less, or to another account.",
  ),
  9: of("amount too large", "Amount and fee together are more than can exist. Send less."),
  10: of(
    "fee too low",
    "The fee is below one unit for each byte. Take the fee that is proposed, or a higher one.",
  ),
  11: of(
    "too much is waiting",
    "As many payments wait as this peer keeps, and all of them pay more for each byte. Raise the fee, or wait for the next seal.",
  ),
  12: of(
    "waiting list is being rebuilt",
    "This peer is putting its list of waiting payments in order after a fault. Try again in a moment.",
  ),
  13: of(
    "too many of yours are waiting",
    "Sixteen payments of this account wait already. Send the next one when some of them are sealed.",
  ),
  14: of("fee too large", "The fee is more than a fee can be. Take the one that is proposed."),
  32: of(
    "sender and key differ",
    "The sender's address is not the one of the key that signed. Choose the account that is to pay, and sign again.",
  ),
  33: of(
    "no such recipient",
    "The recipient is neither an address of 64 digits nor a handle. Check it, or ask for it again.",
  ),
  34: of(
    "unknown kind of operation",
    "This story knows no such operation. Reload the page to have the newest version, then try again.",
  ),
  35: of(
    "operation cannot be read",
    "The operation is not written as the story's rules want it. Check the fields, and reload the page if they are right.",
  ),
  36: of("note too long", "A note has at most 256 bytes. Shorten it."),
  37: of(
    "an operation moves no tokens",
    "An operation has its price but carries no amount. Leave both amounts at zero.",
  ),
  38: of("reserved handle", "This handle is a reserved word. Choose another one."),
  64: of("handle taken", "Somebody else has this handle; theirs was first. Choose another one."),
  65: of(
    "nobody has this handle",
    "There is nothing to move: nobody has this handle. Register it first.",
  ),
  66: of(
    "not yours to change",
    "Only its owner can change this. Choose the account that owns it, or ask them.",
  ),
  67: of(
    "price not covered",
    "The balance does not cover the price. Try again when there is enough.",
  ),
  68: of(
    "already in the codex",
    "The codex has an entry of this name. Choose another name, or amend the entry if it is yours.",
  ),
  69: of("not in the codex", "The codex has no entry of this name to amend. Add it first."),
  70: of(
    "codex is full",
    "The codex has no room for another entry. Entries that stand can still be amended.",
  ),
};

/** The words of a number; one that a newer version brought still gets a sentence. */
export function refusalOf(number: number): Refusal {
  return (
    REFUSALS[number] ??
    of(
      `code ${number}`,
      `The ledger said no for a reason that this version does not know (code ${number}). Reload the page, then try again.`,
    )
  );
}

/** The words where nothing was signed: an operation that would lose is told before it costs anything. */
export function refusedText(number: number): string {
  const { text } = refusalOf(number);
  return number >= FIRST_OUTCOME ? `${text} Nothing was signed and nothing paid.` : text;
}

/** What became of a sealed transaction: `done`, or why its operation lost. */
export function outcomeWords(code: number | null): string {
  if (code === null) return "not sealed yet";
  return code === 0 ? "done" : `lost: ${refusalOf(code).short}`;
}
