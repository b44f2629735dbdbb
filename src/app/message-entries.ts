/**
 * The words of every code that a call of the app can meet: one sentence that says what happened and what
 * to do, and at most one action.
 *
 * @module
 */

/** What the button beside an error does; the view that shows it decides how. */
export type ErrorActionKind = "retry" | "reload" | "settings" | "network" | "wallet" | "home";

/** A sentence, and the kind and label of its action where it has one. */
export type Entry = readonly [text: string, kind?: ErrorActionKind, label?: string];

const RETRY = ["retry", "Try again"] as const;
const RELOAD = ["reload", "Reload"] as const;
/** A record that was checked when it came and does not check now: fetching it again mends it. */
const RECORD_DAMAGED: Entry = [
  "A record of the story on this device is damaged. Reload; it is fetched from the peers again.",
  ...RELOAD,
];
/** Faults of a connection, which another try over another peer usually gets round. */
const PEER_FAILED: Entry = [
  "The connection to that peer broke off. Another try usually takes another peer.",
  ...RETRY,
];
/** Bytes of a link or of a form that are not what they should be. */
const UNREADABLE: Entry = [
  "What was given cannot be read as Fabula's data. Copy it again in full and try once more.",
];
/** A fault of the program itself; the state is on the device and survives the reload. */
const OWN_FAULT: Entry = [
  "Something in this page went wrong that is not your fault. Nothing of yours was lost; reload the page.",
  ...RELOAD,
];
/** The table. */
export const ENTRIES: Readonly<Record<string, Entry>> = {
  "bad-text": [
    "The text is too long, empty, or holds invisible control characters. Check it and try again.",
  ],
  "too-many-words": ["The paragraph has too many words for this story. Shorten it."],
  "too-many-bytes": ["The paragraph is over 1,600 bytes. Shorten it."],
  "no-words": ["A paragraph needs at least one word. Write something, then offer it."],
  "bad-provenance": [
    "The note of who wrote this text is damaged. Change a word, so that it counts as yours, and offer it again.",
  ],
  "no-draft": ["There is no draft on this device to work on. Write one first."],
  "draft-stale": ["The story moved on while you wrote. Write your draft onto the new page."],
  "unknown-block": [
    "This tab does not hold that paragraph yet. It may arrive with the next peers.",
    ...RETRY,
  ],
  "unknown-story": [
    "Nobody who is here now holds this story. Ask for a fresh link, or try again later.",
    ...RETRY,
  ],
  "wrong-story": [
    "The link's story and the data that came for it do not match, so it was not opened. Ask for a fresh link.",
    "home",
    "Go to the open story",
  ],
  "bad-link": ["The link is damaged. Copy it again in full.", "home", "Go to the open story"],
  "peers-gone": [
    "The peers named in the link do not answer. Try again later, or ask for a fresh link.",
    ...RETRY,
  ],
  readonly: ["This page can only read. Open the story in a tab that can also keep data."],
  "insecure-context": [
    "Over plain http from another machine a browser gives no keys and no locks, so this page can only read.",
  ],
  "store-newer-schema": [
    "The data on this device was written by a newer Fabula. Reload to get that version.",
    ...RELOAD,
  ],
  "store-full": [
    "This device has no room left for the story. Free some space, then go on.",
    "settings",
    "Data and storage",
  ],
  "store-corrupt": [
    "A record on this device was damaged. It was set aside and is being fetched again.",
  ],
  "wallet-locked": ["The wallet is locked. Unlock it with your passphrase.", "wallet", "Unlock"],
  "passphrase-needed": ["The words were checked already. Give the passphrase to see them again."],
  "phrase-already-checked": [
    "The words were checked and are no longer shown. Set a passphrase first to see them again.",
  ],
  "keystore-damaged": [
    "The kept wallet is damaged. Restore it from your recovery phrase.",
    "wallet",
    "Open the wallet",
  ],
  "locks-unavailable": [
    "This browser gives this page no locks, so it can only read. Open it over https.",
  ],
  "no-free-slot": [
    "Too many tabs of Fabula are open in this browser. Close one and reload.",
    ...RELOAD,
  ],
  "store-blocked": [
    "Another tab with an older Fabula holds the data. Close or reload that tab, then try again.",
    ...RETRY,
  ],
  "store-failed": [
    "The device refused to keep data. Free some space or leave private browsing.",
    "settings",
    "Data and storage",
  ],
  "store-timeout": ["The device takes very long to answer. Try again.", ...RETRY],
  "request-timeout": ["No peer answered in time. Try again in a moment.", ...RETRY],
  "bad-corpus": ["The built-in writer's library arrived damaged. Try again.", ...RETRY],
  "passphrase-wrong": ["That is not the passphrase. Check capitals and the keyboard's language."],
  "passphrase-short": [
    "The passphrase is too short. Use at least 8 characters; four words are better.",
  ],
  "phrase-invalid": [
    "These words are not a recovery phrase. Check each word and their order; there are 24.",
  ],
  "phrase-wrong": ["One of the words is not right. Look at your copy again."],
  "not-mining": ["This tab is not mining. Start mining first."],
  "no-consent": ["Nothing is mined before you agree. Start mining first."],
  "miner-failed": ["The miner could not start. Reload the page.", ...RELOAD],
  "worker-crashed": [
    "The part that checks and keeps the story stopped. It is being started again.",
    ...RETRY,
  ],
  "worker-gone": [
    "The part that checks and keeps the story does not answer. Reload the page.",
    ...RELOAD,
  ],
  "title-too-long": ["The title is too long: at most 120 bytes."],
  "premise-too-long": ["The premise is too long: at most 600 bytes."],
  "genesis-too-long": [
    "Title, premise and rules together do not fit into a link. Shorten one of them.",
  ],
  "bad-params": ["Something in this form is not as the story needs it. Check the fields."],
  "bad-genesis": [
    "The story's beginning is not as the rules want it. Shorten title, premise or rules.",
  ],
  "bad-multiaddr": [
    "One of the addresses is not a multiaddr such as /dns4/example.org/tcp/443/wss.",
  ],
  "unknown-method": ["This version does not know that command. Reload the page.", ...RELOAD],
  "peer-stopped": [
    "This tab's peer was stopped, by erasing or by a newer tab. Reload to start it again.",
    ...RELOAD,
  ],
  "store-closed": ["The data on this device was closed. Reload to open it again.", ...RELOAD],
  "store-other-story": [
    "The data found here belong to another story. Reload; the right ones are opened or fetched.",
    ...RELOAD,
  ],
  "no-reservation": [
    "That lighthouse answers but has no room for another tab now. Try again in a minute.",
    ...RETRY,
  ],
  "too-many-ways-in": [
    "There are too many lighthouse addresses. Take some out of the settings.",
    "settings",
    "Settings",
  ],
  "network-stopped": [
    "The part that talks to other tabs was stopped. Reload to start it again.",
    ...RELOAD,
  ],
  "mesh-not-started": [
    "The part that talks to other tabs is still starting. Try again in a moment.",
    ...RETRY,
  ],
  "not-joined": ["The story is still being joined. Try again in a moment.", ...RETRY],
  "transaction-refused": [
    "The ledger did not take this payment. Nothing left your wallet; check it and try again.",
  ],
  "not-a-test-story": ["This is for test stories only. Start one, with “test” as its network."],
  "not-synced": ["The story is still being caught up with. Try again in a moment.", ...RETRY],
  "block-under-way": ["A block is being made already. Try again in a moment.", ...RETRY],
  "too-early": [
    "The newest paragraph is too fresh for the next one. Try again in a moment.",
    ...RETRY,
  ],
  "too-hard": [
    "A block on demand would take too long at this difficulty. Set an easier one first (set_difficulty).",
  ],
  orphan: ["The page below this one is missing here. Try again in a moment.", ...RETRY],
  "unknown-transaction": [
    "This peer knows no such transaction. It may not have arrived yet, or it was dropped.",
    ...RETRY,
  ],
  "handle-unknown": ["Nobody has this handle. Check its spelling, or ask for the address."],
  "no-passphrase": [
    "There is no passphrase to unlock it again. Set one first, then the wallet can be locked.",
  ],
  "body-missing": [
    "A page that the writer must read has not arrived yet. Try again in a moment.",
    ...RETRY,
  ],
  "unknown-account": ["This wallet has no such account. Look at the list of accounts again."],
  "account-exists": ["This wallet has that account already. Look at the list of accounts."],
  "too-many-accounts": ["This wallet has as many accounts as it can hold. Use one of them."],
  "bad-private-key": [
    "This is not an Ed25519 private key in PEM form. It begins with -----BEGIN PRIVATE KEY-----; copy all of it.",
  ],
  resting: ["You wrote the last paragraph, so somebody else comes first. Yours is kept."],
  "no-corpus": [
    "The built-in writer's library is not there. You can write yourself meanwhile.",
    ...RETRY,
  ],
  "peer-gone": PEER_FAILED,
  "request-refused": PEER_FAILED,
  "stream-closed": PEER_FAILED,
  "frame-timeout": PEER_FAILED,
  "too-many-waiting": PEER_FAILED,
  "too-many-requests": PEER_FAILED,
  "block-not-served": PEER_FAILED,
  "bad-encoding": UNREADABLE,
  "bad-hex": UNREADABLE,
  "bad-utf8": UNREADABLE,
  "bad-value": UNREADABLE,
  "too-large": UNREADABLE,
  "record-id-mismatch": RECORD_DAMAGED,
  "record-seal-mismatch": RECORD_DAMAGED,
  "state-unavailable": RECORD_DAMAGED,
  "delta-missing": RECORD_DAMAGED,
  "bad-state-root": RECORD_DAMAGED,
  internal: OWN_FAULT,
  "unknown-call": OWN_FAULT,
  "unknown-event": OWN_FAULT,
  "kernel-not-ready": OWN_FAULT,
  "out-of-range": OWN_FAULT,
  "no-outcome": OWN_FAULT,
  "app-not-mounted": OWN_FAULT,
  "not-ready": ["The story is still being opened. Try again in a moment.", ...RETRY],
  "not-now": ["The peer is busy with something else. Try again in a moment.", ...RETRY],
  "no-story": ["No story is open here yet. Open one by its link, or start one.", "home", "Go on"],
  "thread-gone": [
    "The part that checks and keeps the story stopped. It is being started again.",
    ...RETRY,
  ],
  "corpus-unavailable": [
    "The built-in writer's library could not be loaded. Check the connection once, afterwards it works offline.",
    ...RETRY,
  ],
  "clipboard-refused": ["The browser did not allow copying. Select the text and copy it by hand."],
  timeout: ["That took too long and was given up. Try again.", ...RETRY],
};
