/**
 * Says a failure to a person: what happened, and what to do. A code without a text here is shown as it
 * is, with its data.
 *
 * @module
 */
import { CodedError, type ErrorData } from "../kernel/errors.ts";

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
};

/** One line for stderr. */
export function failureText(reason: unknown): string {
  if (!(reason instanceof CodedError)) {
    return reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
  }
  const sentence = SENTENCES[reason.code];
  return sentence
    ? `${sentence(reason.data)} [${reason.code}]`
    : `${reason.code} ${JSON.stringify(reason.data)}`;
}
