/**
 * Says a failure to a person: what happened, and what to do. A code without a text here is shown as it
 * is, with its data.
 *
 * @module
 */
import { CodedError, type ErrorData, isCoded } from "../kernel/errors.ts";

type Sentence = (data: ErrorData) => string;

const SENTENCES: Readonly<Record<string, Sentence>> = {
  "port-in-use": ({ port }) =>
    `port ${port} is taken by another program; stop it or choose another with --port`,
  "cannot-listen": ({ host, port, reason }) =>
    `cannot listen on ${host}:${port} (${reason}); choose another with --host and --port`,
  "data-folder-in-use": ({ path, pid }) =>
    `the data folder ${path} is used by a running lighthouse (process ${pid ?? "unknown"}); ` +
    "stop it, ask it with --url, or choose another folder with --data",
  "data-folder-foreign": ({ path }) =>
    `the folder ${path} holds other things; choose an empty or new one with --data`,
  "data-folder-unwritable": ({ path, reason }) =>
    `cannot write to the data folder ${path} (${reason}); choose another with --data`,
  "data-folder-unreadable": ({ path, reason }) => `cannot read ${path} (${reason})`,
  "data-folder-damaged": ({ path }) =>
    `${path} does not hold what it should; restore it from a backup, or delete it to get a fresh one`,
  "no-data-folder": ({ path }) =>
    `${path} holds no story; start a lighthouse with: fabula run --data ${path}`,
  "other-pace": ({ title, keptMs, askedMs, folder }) =>
    `the data folder ${folder} keeps "${title}" with a pace of ${keptMs} ms; ` +
    `leave out --pace, or choose an empty folder with --data for a story of ${askedMs} ms`,
  "store-newer-schema": ({ found, known }) =>
    `the data was written by a newer Fabula (schema ${found}, this one knows ${known}); update first`,
  "store-blocked": () => "another process has the database open; stop it first",
  "bad-public-url": ({ value }) =>
    `--public-url ${value} is no address; write for example https://story.example/`,
  "tls-file-unreadable": ({ path }) => `cannot read ${path}`,
  "tls-needs-both": () => "give --tls-cert and --tls-key together",
  "bad-genesis": ({ field, reason, value, min, max }) =>
    `the story's ${field} does not do (${reason}${value === undefined ? "" : `: ${value}`}${min === undefined ? "" : `; allowed: ${min} to ${max}`})`,
  "bad-text": ({ what, reason }) => `the story's ${what} does not do (${reason})`,
  "no-answer": ({ url, reason }) => `no lighthouse answers at ${url} (${reason})`,
  "rpc-refused": ({ url, message }) => `${url} refused: ${message}`,
  "bad-answer": ({ url, method }) =>
    `${url} answers ${method} in another shape than this version knows; update the older of the two`,
  "unknown-method": ({ url, method }) =>
    `the lighthouse at ${url} does not know ${method}; update it`,
  "token-needed": ({ url }) =>
    `${url} wants its token for this; give it with --token or FABULA_TOKEN ` +
    "(it stands in the lighthouse's data folder, file rpc-token)",
  "too-many-requests": ({ url }) => `${url} has too much to do; try again later`,
  "transaction-refused": ({ label, number, url: _url, ...facts }) =>
    `the transaction is refused: ${label} (${number})${factsText(facts)}`,
  "key-exists": ({ name, path }) => `there is a key ${name} already (${path}); choose another name`,
  "key-folder-open": ({ path, mode }) =>
    `others can look into the key folder ${path} (mode ${mode}); close it with: chmod 700 ${path}`,
  "key-file-unreadable": ({ path, reason }) => `cannot read ${path} (${reason})`,
  "key-file-unwritable": ({ path, reason }) => `cannot write ${path} (${reason})`,
  "file-unwritable": ({ path, reason }) => `cannot write ${path} (${reason})`,
  "output-no-file": () => "reports go to files; name one instead of -, or print JSON with --json",
  "output-is-input": ({ path }) =>
    `${path} is the scenario itself; a report would replace it, so name another file`,
  "output-twice": ({ path }) => `two reports would go to ${path}; name a file for each`,
  "bad-key-name": ({ name }) =>
    `"${name}" is no name for a key; use letters, digits, dots, dashes and underscores, at most 64`,
  "bad-private-key": ({ path, reason }) =>
    `${path} holds no Ed25519 private key that can be read (${reason}); PKCS#8 PEM is wanted, not encrypted`,
  "key-needed": () => "name the key to sign with: --key",
  "not-your-payload": ({ from, key, address }) =>
    `the payload is from ${from}, but key ${key} is ${address}; from_ must be the signer's address`,
  "story-needed": ({ url }) =>
    `name the story that the signature is for with --story; no lighthouse at ${url} tells it`,
  "signature-needed": () =>
    "give --public-key and --signature with a payload, or a whole transaction",
  "bad-payload": ({ field, reason }) =>
    `the payload does not do: ${field === "" ? "" : `${field}: `}${reason}`,
  "bad-hex": ({ what }) => `the ${what ?? "value"} is no hex`,
  "handle-unknown": ({ handle }) => `nobody has ${handle}`,
  "export-moved": ({ height }) =>
    `the canon changed around height ${height} each time it was read; try again`,
  "export-broken": ({ block, reason }) =>
    `the lighthouse gave a block that does not prove itself (${reason} of ${block})`,
  "input-unreadable": ({ path, reason }) => `cannot read ${path} (${reason})`,
  "input-too-large": ({ path, maxBytes }) => `${path} is larger than ${maxBytes} bytes`,
  "bad-scenario": ({ path, errors }) =>
    `${path} cannot be run: ${errors} ${errors === 1 ? "error" : "errors"}, named above`,
  "bad-report": ({ path, field }) =>
    `${path} is JSON, but neither a report of fabula lab run --json nor a scenario${field === "" ? "" : ` (${field})`}`,
  "bad-export": ({ path, field }) =>
    `${path} is no JSON of fabula story export${field === "" ? "" : ` (${field})`}`,
  "nothing-to-replay": () => "the story has no paragraphs to replay yet",
  "lab-stdin-twice": () => "standard input can be read once; name a file for the other side",
  "lab-stopped": ({ done, runs }) =>
    `stopped before the end; nothing was written (${done} of ${runs} runs were done)`,
  "sweep-no-axis": () => "name what varies, for example --latency 20,100,500 and --pace 2,10,60",
  "sweep-too-many-points": ({ points, max }) =>
    `these lists make ${points} points; a sweep has at most ${max}`,
  "sweep-value": ({ axis, value, min, max }) => {
    const unit = axis === "latency" || axis === "pace" ? " ms" : "";
    const whole = axis === "attacker" ? "number" : "whole number";
    return `--${axis} ${value}${unit} does not do for this scenario; give a ${whole} from ${min} to ${max}${unit}`;
  },
  "sweep-attacker": ({ attackers }) =>
    "--attacker needs a scenario with exactly one attacker, and others who mine; this one has " +
    `${attackers === 1 ? "1 attacker" : `${attackers} attackers`}. ` +
    "Name one under lab.attackers, for example [{ agent: alice, kind: selfish }]",
  "sweep-degree": ({ topology }) =>
    `--degree needs a topology in which peers choose their links, random or dag; this one is a ${topology}`,
  "sweep-trace": ({ axis }) =>
    `--${axis} changes nothing where a trace says who finds a block and when; take --latency, --peers or --degree`,
  "sweep-report-axes": ({ axes, max }) =>
    `a page shows at most ${max} lists, and these are ${axes}; leave out --report, or take --csv or --json`,
  "lab-stalled": () => "the run came to a standstill; this is a fault of the program",
  "run-too-large": ({ peers, blocks, max }) =>
    `${blocks} blocks are more than one run with ${peers} peers can hold, which is ${max}`,
  "run-too-busy": ({ max }) =>
    `more than ${max} messages would be under way at once; ` +
    "take shorter delays, fewer peers, links or payments, or a slower pace",
  "controller-interval-too-short": ({ intervalMs, minMs }) =>
    `an interval of ${intervalMs} ms is too short for the controller; at least ${minMs} ms, ` +
    "or --engine autonomous",
  "controller-too-many-peers": ({ peers, max }) =>
    `the controller drives whole peers, at most ${max} and not ${peers}; use --engine autonomous`,
  "controller-no-miners": () => "the controller needs at least one miner",
  "controller-needs-autonomous": ({ agent, attack, retarget, key }) => {
    if (attack !== undefined)
      return `${agent} attacks (${attack}), which needs --engine autonomous`;
    return `${key ?? `the difficulty rule ${retarget}`} needs --engine autonomous`;
  },
};

function factsText(facts: ErrorData): string {
  return Object.keys(facts).length === 0 ? "" : ` ${JSON.stringify(facts)}`;
}

function failureText(reason: unknown): string {
  if (!(reason instanceof CodedError)) {
    return reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
  }
  const sentence = SENTENCES[reason.code];
  return sentence
    ? `${sentence(reason.data)} [${reason.code}]`
    : `${reason.code} ${JSON.stringify(reason.data)}`;
}

/** One line for stderr; a missing key file in the very words of the dual-token kernel's node. */
export function failureLine(reason: unknown): string {
  if (isCoded(reason, "key-file-not-found")) return `key file not found: ${reason.data["path"]}`;
  return `fabula: ${failureText(reason)}`;
}
