import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import type { PeerCore } from "../peer-core.ts";
import { dispatch } from "./dispatch.ts";
import { METHOD_SCHEMAS } from "./methods-schema.ts";
import { openRpcDocument } from "./openrpc.ts";
import type { MethodName } from "./schema.ts";

const address = "ab".repeat(32);
const text = (length: number): string => "a".repeat(length);
const provenance = (model: string): object => ({
  writer: "model",
  model,
  algorithmHash: address,
  seed: "0",
});

/** A cap, and parameters with a value of the given size where it counts. */
type Case = readonly [MethodName, string, number, (size: number) => object];

const numbers: readonly Case[] = [
  ...(["get_canon", "get_apocrypha", "get_log", "get_rewards", "get_mempool"] as const).map(
    (method): Case => [method, "limit", 500, (limit) => ({ limit })],
  ),
  ["get_receipts", "limit", 500, (limit) => ({ address, limit })],
  ["estimate_fee", "bytes", 5_000, (bytes) => ({ bytes })],
  ["set_difficulty", "value", 2 ** 48, (value) => ({ value })],
  ["send_tokens", "feeSelector", 2, (feeSelector) => ({ feeSelector })],
  ["confirm_phrase", "words.0.position", 24, (position) => ({ words: wordsAt(position) })],
];
const wordsAt = (position: number): object[] =>
  [position, 1, 2].map((place) => ({ position: place, word: "able" }));

const texts: readonly Case[] = [
  ["get_receipts", "before", 200, (size) => ({ address, before: text(size) })],
  ["search", "query", 200, (size) => ({ query: text(size) })],
  ["send_tokens", "to", 128, (size) => ({ to: text(size) })],
  ["send_tokens", "memo", 256, (size) => ({ memo: text(size) })],
  ["send_tokens", "consumer", 78, (size) => ({ consumer: "9".repeat(size) })],
  ["submit_operation", "module", 32, (size) => ({ module: text(size), operation: {} })],
  ...(["register_handle", "resolve_handle", "get_handle"] as const).map(
    (method): Case => [method, "handle", 40, (size) => ({ handle: text(size) })],
  ),
  ["submit_tx", "tx", 9_012, (size) => ({ tx: text(size + (size % 2)) })],
  ["decode_tx", "tx", 9_012, (size) => ({ tx: text(size + (size % 2)) })],
  ["open_story", "link", 4_000, (size) => ({ link: text(size) })],
  ...(["submit_paragraph", "save_draft"] as const).flatMap((method): Case[] => [
    [method, "text", 8_000, (size) => ({ text: text(size) })],
    [method, "chapter", 80, (size) => ({ text: "A", chapter: text(size) })],
    [method, "provenance.model", 64, (size) => ({ text: "A", provenance: provenance(text(size)) })],
  ]),
  ["generate_block", "text", 8_000, (size) => ({ text: text(size) })],
  ["set_settings", "name", 80, (size) => ({ name: text(size) })],
  ["set_settings", "lighthouses", 8, (size) => ({ lighthouses: Array(size).fill("/a") })],
  ["set_settings", "lighthouses.0", 300, (size) => ({ lighthouses: [text(size)] })],
  ["restore_wallet", "phrase", 400, (size) => ({ phrase: text(size) })],
  ["set_passphrase", "passphrase", 400, (size) => ({ passphrase: text(size) })],
  ["set_passphrase", "current", 400, (size) => ({ passphrase: "a", current: text(size) })],
  ["unlock_wallet", "passphrase", 400, (size) => ({ passphrase: text(size) })],
  ["reveal_phrase", "passphrase", 400, (size) => ({ passphrase: text(size) })],
  ["export_account", "passphrase", 400, (size) => ({ address, passphrase: text(size) })],
  ["import_account", "pem", 4_000, (size) => ({ pem: text(size) })],
  ...(["add_account", "import_account", "rename_account"] as const).map(
    (method): Case => [method, "name", 64, (size) => ({ address, pem: "", name: text(size) })],
  ),
];

// Nothing of a peer is needed: what is refused never gets to a handler.
const core = {} as PeerCore;

describe("[NET-6] parameters", () => {
  it.each([...numbers, ...texts])(
    "of %s: %s is at most %i; beyond, the call is refused by name",
    async (method, path, max, paramsOf) => {
      expect(z.safeParse(METHOD_SCHEMAS[method].params, paramsOf(max)).success).toBe(true);
      await expect(dispatch(core, { method, params: paramsOf(max + 1) })).rejects.toMatchObject({
        code: "bad-params",
        data: { method, path },
      });
    },
  );

  it("an unknown method is named only in part", async () => {
    await expect(dispatch(core, { method: text(10_000) })).rejects.toMatchObject({
      code: "unknown-method",
      data: { method: text(60) },
    });
  });

  it("have a cap wherever a text or a list could grow; the genesis and the message bound the rest", () => {
    const { methods } = openRpcDocument("1") as unknown as {
      readonly methods: readonly {
        readonly name: string;
        readonly params: readonly { readonly schema: Schema }[];
      }[];
    };
    const open = methods.flatMap(({ name, params }) =>
      params.flatMap(({ schema }) => uncapped(schema, name)),
    );
    expect(open).toEqual([
      "subscribe.events",
      "subscribe.events.*",
      "set_gate.allow",
      "set_gate.allow.*",
      "create_story.title",
      "create_story.premise",
      "create_story.language",
      "create_story.rules",
      "confirm_phrase.words",
      "confirm_phrase.words.*.word",
      "submit_operation.operation.*",
    ]);
  });
});

interface Schema {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}

/** Paths of what a schema lets grow without a bound of its own. */
function uncapped(schema: Schema, path: string): string[] {
  const { items, properties = {}, additionalProperties } = schema;
  const is = (type: string): boolean => [schema.type].flat().includes(type);
  const isChoice = schema.enum !== undefined || schema.const !== undefined;
  // A pattern without repetition has a length.
  const isFixed = schema.pattern !== undefined && !/[*+]/.test(schema.pattern);
  const grows =
    (is("string") && !isChoice && !isFixed && schema.maxLength === undefined) ||
    (is("array") && schema.maxItems === undefined) ||
    ((is("integer") || is("number")) && schema.maximum === undefined);
  return [
    ...(grows ? [path] : []),
    ...(schema.anyOf ?? []).flatMap((each) => uncapped(each, path)),
    ...(items === undefined ? [] : uncapped(items, `${path}.*`)),
    ...Object.entries(properties).flatMap(([name, each]) => uncapped(each, `${path}.${name}`)),
    ...(typeof additionalProperties === "object"
      ? uncapped(additionalProperties, `${path}.*`)
      : []),
  ];
}
