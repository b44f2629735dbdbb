/**
 * Decoders of text: invite links, key files, payloads, JSON-RPC, the mesh's announcements. People write these in
 * more than one way, so what must hold is that what was understood survives being written again.
 * Test-only.
 *
 * @module
 */
import { base64, base64urlnopad } from "@scure/base";
import { payloadFields, payloadFromJson } from "../../cli/payload-json.ts";
import { concatBytes, equalBytes, hexFromBytes, utf8Encode } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { decodePkcs8Pem, encodePkcs8Pem } from "../../kernel/pkcs8.ts";
import { publicKeyFromSeed } from "../../kernel/signature.ts";
import { decodePayload, encodePayload } from "../../kernel/transaction.ts";
import { answerJsonRpc, RPC_CODE } from "../../lighthouse/json-rpc.ts";
import { decodeAnnouncement, encodeAnnouncement } from "../../mesh/peer-announcement.ts";
import { type Invite, inviteLink, parseInvite } from "../../peer/invite-link.ts";
import { METHOD_SCHEMAS } from "../../peer/rpc/methods-schema.ts";
import { isMethodName } from "../../peer/rpc/schema.ts";
import { type FuzzCase, type FuzzTarget, finding, inputFrom, unlessRefused } from "./fuzz-case.ts";
import { mutateText } from "./fuzz-text.ts";
import { group, number, type Part, prefixed, raw } from "./fuzz-tree.ts";
import type { Random } from "./random.ts";

const SITE = "https://story.example/read/";
const PEER = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
const VIAS = [
  `/dns4/lamp.example/tcp/443/wss/p2p/${PEER}`,
  "/ip4/127.0.0.1/tcp/9000/ws",
  "a b%&=#",
];
const MAX_BATCH = 20;

function textTarget(
  name: string,
  weight: number,
  make: (random: Random) => string,
  check: (text: string) => boolean | Promise<boolean>,
): FuzzTarget {
  const build = (random: Random): FuzzCase => {
    const text = make(random);
    const isValid = random.below(10) === 0;
    const input = isValid ? text : mutateText(random, text);
    return { isValid, shown: () => JSON.stringify(input), check: () => check(input) };
  };
  return { name, weight, make: build };
}

function sameInvite(a: Invite, b: Invite): boolean {
  const genesis = (invite: Invite): string =>
    invite.genesis === null ? "none" : hexFromBytes(invite.genesis);
  return (
    a.story === b.story &&
    a.block === b.block &&
    genesis(a) === genesis(b) &&
    JSON.stringify(a.via) === JSON.stringify(b.via)
  );
}

function inviteText(random: Random): string {
  const hex = (): string => hexFromBytes(random.bytes(32));
  const block = random.chance(2) ? `/b/${hex()}` : "";
  const query = new URLSearchParams();
  if (random.chance(2)) query.set("g", base64urlnopad.encode(random.bytes(random.below(200))));
  for (let left = random.below(4); left > 0; left--) query.append("via", random.pick(VIAS));
  return `${random.pick([SITE, ""])}#/s/${hex()}${block}${query.size === 0 ? "" : `?${query}`}`;
}

function checkInvite(text: string): boolean {
  const invite = unlessRefused(() => parseInvite(text))?.value;
  if (invite === undefined) return false;
  if (!sameInvite(parseInvite(inviteLink(SITE, invite)), invite)) finding("another link");
  return true;
}

/** The DER record of a private key (RFC 8410), with or without public key. */
function derLayout(random: Random): Part {
  const seed = random.bytes(32);
  const hasPublicKey = random.chance(2);
  const algorithm = Uint8Array.of(0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);
  return group(
    number(0x30, 1),
    prefixed(
      1,
      group(number(2, 1), number(1, 1), number(hasPublicKey ? 1 : 0, 1)),
      raw(concatBytes(algorithm, seed)),
      ...(hasPublicKey
        ? [group(number(0x81, 1), number(0x21, 1), number(0, 1), raw(publicKeyFromSeed(seed)))]
        : []),
    ),
  );
}

function checkPem(text: string): boolean {
  const seed = unlessRefused(() => decodePkcs8Pem(text))?.value;
  if (seed === undefined) return false;
  if (seed.length !== 32 || !equalBytes(decodePkcs8Pem(encodePkcs8Pem(seed)), seed)) {
    finding("a seed that is written as another");
  }
  return true;
}

const pemTarget: FuzzTarget = {
  name: "key file",
  weight: 2,
  make: (random) => {
    const { isValid, bytes } = inputFrom(random, derLayout(random));
    const pem = `-----BEGIN PRIVATE KEY-----\n${base64.encode(bytes)}\n-----END PRIVATE KEY-----\n`;
    const isText = !isValid && random.chance(3);
    const text = isText ? mutateText(random, pem) : pem;
    return { isValid, shown: () => JSON.stringify(text), check: () => checkPem(text) };
  },
};

const METHODS = [...Object.keys(METHOD_SCHEMAS), "nothing", "__proto__", "constructor", "toString"];

function anyJson(random: Random, depth: number): unknown {
  const leaves = [null, true, 0, -1, 1e21, "", "ab".repeat(32), "10", "@ada", 2 ** 53];
  if (depth === 0 || random.chance(2)) return random.pick(leaves);
  const inner = Array.from({ length: random.below(4) }, () => anyJson(random, depth - 1));
  if (random.chance(3)) return inner;
  const names = [
    "address",
    "handle",
    "tx",
    "limit",
    "height",
    "to",
    "module",
    "operation",
    "query",
  ];
  return Object.fromEntries(inner.map((value) => [random.pick(names), value]));
}

function anyRequest(random: Random): object {
  return {
    jsonrpc: "2.0",
    method: random.pick(METHODS),
    ...(random.chance(4) ? {} : { params: anyJson(random, 3) }),
    ...(random.chance(5) ? {} : { id: random.pick([1, "one", null]) }),
  };
}

function rpcText(random: Random): string {
  const length = random.chance(20) ? MAX_BATCH : 1 + random.below(3);
  const batch = Array.from({ length }, () => anyRequest(random));
  return JSON.stringify(random.chance(3) ? batch : anyRequest(random));
}

/** The table's own schemas judge the parameters, as for a real call. */
async function call(method: string, params: unknown): Promise<unknown> {
  if (!isMethodName(method)) throw new CodedError("unknown-method", { method });
  if (!METHOD_SCHEMAS[method].params.safeParse(params).success) throw new CodedError("bad-params");
  return { called: method };
}

function checkAnswer(answer: unknown): void {
  const isAnswer =
    typeof answer === "object" &&
    answer !== null &&
    "jsonrpc" in answer &&
    answer.jsonrpc === "2.0" &&
    "id" in answer &&
    "result" in answer !== "error" in answer;
  if (!isAnswer) finding("not an answer of JSON-RPC 2.0");
  if (JSON.stringify(answer).includes(String(RPC_CODE.internal))) finding("an internal error");
}

/** True unless the text is no JSON: everything else has an answer, or is a notification. */
async function checkRpc(text: string): Promise<boolean> {
  const answer = await answerJsonRpc(text, { call, maxBatch: MAX_BATCH, admit: () => true });
  if (answer === undefined) return true;
  const parsed: unknown = JSON.parse(answer);
  const answers: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  if (answers.length === 0 || answers.length > MAX_BATCH) finding("too few or too many answers");
  answers.forEach(checkAnswer);
  return !answer.includes(String(RPC_CODE.parse));
}

function announcementText(random: Random): string {
  const id = PEER;
  const addresses = [
    `${VIAS[0]}/p2p-circuit/webrtc/p2p/${PEER}`,
    `/p2p-circuit/webrtc/p2p/${PEER}`,
  ];
  const story = hexFromBytes(random.bytes(8));
  const addrs = Array.from({ length: random.below(3) }, () => random.pick(addresses));
  return JSON.stringify({ id, story, addrs, nonce: random.below(1_000) });
}

function checkAnnouncement(text: string): boolean {
  // The gossip carries bytes; lone surrogates have none.
  const bytes = unlessRefused(() => utf8Encode(text))?.value;
  const heard = bytes === undefined ? null : decodeAnnouncement(PEER, bytes);
  if (heard === null) return false;
  const addresses = heard.addresses.map(String);
  const again = decodeAnnouncement(PEER, encodeAnnouncement(PEER, heard.story, addresses, 1));
  if (again === null || JSON.stringify(again) !== JSON.stringify(heard)) {
    finding("another announcement");
  }
  return true;
}

function payloadText(random: Random): string {
  const amount = (): number | string => random.pick([0, 1, 2 ** 53 - 1, String(2n ** 64n - 1n)]);
  return JSON.stringify({
    from_: random.pick(["alice", "", "é🜁"]),
    to: random.pick(["bob", "sys/handles"]),
    amount_consumer: amount(),
    amount_industrial: amount(),
    fee: amount(),
    fee_selector: random.below(256),
    nonce: amount(),
    memo: random.chance(2) ? hexFromBytes(random.bytes(4)) : [...random.bytes(4)],
  });
}

/** A payload from JSON has bytes, or is refused for having none, and is the same when it is printed. */
function checkPayload(text: string): boolean {
  const encoded = unlessRefused(() => encodePayload(payloadFromJson(text)))?.value;
  if (encoded === undefined) return false;
  const again = payloadFromJson(JSON.stringify(payloadFields(decodePayload(encoded))));
  if (!equalBytes(encodePayload(again), encoded)) finding("another payload");
  return true;
}

/** Targets whose input is text; needs `initKernel()`. */
export function textTargets(): readonly FuzzTarget[] {
  return [
    textTarget("invite link", 3, inviteText, checkInvite),
    pemTarget,
    textTarget("JSON-RPC", 2, rpcText, checkRpc),
    textTarget("payload as JSON", 2, payloadText, checkPayload),
    textTarget("announcement", 2, announcementText, checkAnnouncement),
  ];
}
