/**
 * What a transaction is and how far it got, in words.
 *
 * @module
 */
import type { TransactionView } from "../../peer/rpc/shapes.ts";
import { pairOf } from "../format/amounts.ts";
import { atHandle } from "../format/identity.ts";
import { plural } from "../format/numbers.ts";
import { outcomeWords } from "../refusals.ts";

/** The ways of a payment, in order. */
export const STEPS = ["pending", "sealed", "settled", "final"] as const;

/** Each state in a word and in a sentence. */
export const STATES: Readonly<
  Record<TransactionView["state"], readonly [word: string, sentence: string]>
> = {
  queued: [
    "queued",
    "Signed on this device. It leaves by itself as soon as a peer is found; nothing is lost meanwhile.",
  ],
  pending: [
    "waiting",
    "Signed and on its way. It waits to be sealed, which the tracker does about once a second.",
  ],
  sealed: [
    "sealed",
    "It stands in a block. The next paragraph settles it; until then a change of canon could send it back to waiting.",
  ],
  settled: ["settled", "A paragraph’s work lies on top of it. Each further one makes it firmer."],
  final: ["final", "Six and more blocks' work lies above it. For all that is known, it stays."],
  apocryphal: [
    "lost its place",
    "The only block that held it left the canon. It goes back to waiting unless it no longer fits.",
  ],
  decoded: ["only read", "These are bytes that were read: no block and no waiting list has them."],
};

/** `settled · 3 confirmations`, and what became of an operation that lost. */
export function stateWords(view: TransactionView): string {
  const [word] = STATES[view.state];
  const lost = view.code !== null && view.code !== 0 ? ` · ${outcomeWords(view.code)}` : "";
  const depth =
    view.state === "settled" && view.confirmations > 0
      ? ` · ${plural(view.confirmations, "confirmation")}`
      : "";
  return word + depth + lost;
}

/** The module an operation goes to, or null for a transfer. */
function moduleOf(view: TransactionView): string | null {
  if (view.operation !== null) return view.operation.module;
  return view.to.startsWith("sys/") ? view.to.slice(4) : null;
}

const field = (view: TransactionView, name: string): string =>
  String(view.operation?.fields[name] ?? "");

function operationTitle(view: TransactionView, module: string): string {
  const action = field(view, "action");
  if (module === "handles") {
    const handle = atHandle(field(view, "handle"));
    return action === "move" ? `Moved ${handle}` : `Registered ${handle}`;
  }
  if (module === "codex") {
    const name = field(view, "name");
    return action === "amend" ? `Amended “${name}” in the codex` : `Added “${name}” to the codex`;
  }
  if (module === "profile") return "Changed the profile";
  return `Operation of ${module}`;
}

/** What it did, from the view of `me` (null for nobody's view); the other side stands beside it. */
export function transactionTitle(view: TransactionView, me: string | null): string {
  const module = moduleOf(view);
  if (module !== null) return operationTitle(view, module);
  const tip = view.paragraph !== null;
  if (view.from === view.to) return "Sent to yourself";
  if (view.from === me) return tip ? "Tip to" : "Sent to";
  if (view.to === me) return tip ? "Tip from" : "Received from";
  return tip ? "Tip" : "Transfer";
}

/** The other side, where a name belongs beside the title; null for operations and sends to self. */
export function counterparty(view: TransactionView, me: string | null): string | null {
  if (moduleOf(view) !== null || view.from === view.to) return null;
  return view.from === me ? view.to : view.from;
}

/** True where neither side is `me`: both are named then. */
export function betweenOthers(view: TransactionView, me: string | null): boolean {
  return me !== view.from && me !== view.to && counterparty(view, me) !== null;
}

/** The title as it stands before the other side's name. */
export function titleBefore(view: TransactionView, me: string | null): string {
  const title = transactionTitle(view, me);
  return betweenOthers(view, me) ? `${title} by` : title;
}

/** True when tokens changed hands. */
export function moves(view: TransactionView): boolean {
  const { consumer, industrial } = pairOf(view);
  return consumer > 0n || industrial > 0n;
}
