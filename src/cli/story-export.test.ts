/**
 * Exports of a story: complete, in order, and believed only as far as the bytes prove themselves.
 *
 * @module
 */
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { encodeBlock } from "../kernel/block.ts";
import { type Body, bodyRootOf } from "../kernel/body.ts";
import { bytesFromHex, hexFromBytes } from "../kernel/bytes.ts";
import { createGenesis, encodeGenesis, type Genesis, storyIdOf } from "../kernel/genesis.ts";
import { blockIdOf, type Header } from "../kernel/header.ts";
import { initKernel } from "../kernel/init.ts";
import { publicKeyFromSeed } from "../kernel/signature.ts";
import { exportStory } from "./story-export.ts";
import { type Asked, answerWith } from "./testing/fake-lighthouse.ts";

const lighthouse = { url: "http://127.0.0.1:9/" };
const SEED = new Uint8Array(32).fill(1);
const ZERO = new Uint8Array(32);
const HASH = "0".repeat(64);
const coded = (code: string): unknown => expect.objectContaining({ code });

beforeAll(initKernel);
afterEach(() => {
  vi.unstubAllGlobals();
});

const genesis = (): Genesis =>
  createGenesis(
    {
      network: "test",
      title: "Dunes",
      premise: "A dry sea.",
      language: "en",
      paceMs: 2_000,
      chapterLength: 0,
      contentRating: "everyone",
      rules: "",
      createdMs: 1,
    },
    SEED,
  );

describe("export", () => {
  const body = (text: string): Body => ({
    paragraph: {
      kind: "text",
      paragraph: {
        text,
        chapter: null,
        provenance: { writer: "human", model: "", algorithmHash: ZERO, seed: 0n },
      },
    },
    transactions: [],
  });

  /** Blocks that follow each other; work and signature are not the export's business. */
  function chainOf(texts: readonly string[]): { ids: string[]; blocks: string[] } {
    const storyId = bytesFromHex(storyIdOf(genesis()));
    const ids: string[] = [];
    let parent = storyId;
    const blocks = texts.map((text, index) => {
      const header: Header = {
        version: 1,
        kind: "key",
        storyId,
        height: index + 1,
        microIndex: 0,
        parent,
        keyParent: parent,
        timestampMs: 1_000 * index,
        author: publicKeyFromSeed(SEED),
        bodyRoot: bodyRootOf(body(text)),
        stateRoot: ZERO,
        historyRoot: ZERO,
        coinbase: { consumer: 0n, industrial: 0n },
        feeChecksum: ZERO,
        target: genesis().initialTarget,
        nonce: BigInt(index),
        signature: new Uint8Array(64),
      };
      ids.push(blockIdOf(header));
      parent = bytesFromHex(blockIdOf(header));
      return hexFromBytes(encodeBlock({ header, body: body(text) }));
    });
    return { ids, blocks };
  }

  const texts = Array.from({ length: 45 }, (_, index) => `Paragraph ${index + 1}.`);

  function serve(blocks: readonly string[]): readonly Asked[] {
    return answerWith({
      get_genesis: () => ({
        story: storyIdOf(genesis()),
        title: "another",
        premise: "",
        language: "en",
        paceMs: 2_000,
        maxWords: 140,
        chapterLength: 0,
        contentRating: "everyone",
        rules: "",
        network: "test",
        createdMs: 1,
        creator: HASH,
        encoded: hexFromBytes(encodeGenesis(genesis())),
        initialWork: "1",
        initialTarget: 1,
        maxTarget: 1,
      }),
      get_tip: () => ({
        hash: HASH,
        height: blocks.length,
        work: "1",
        timestampMs: 1,
        stateRoot: HASH,
      }),
      get_round_blocks: ({ height }) => ({ blocks: [blocks[Number(height) - 1]] }),
    });
  }

  test("holds the genesis and every block in order, each proved by its own bytes", async () => {
    const { ids, blocks } = chainOf(texts);
    serve(blocks);
    const seen: number[] = [];
    const exported = await exportStory(lighthouse, (done) => seen.push(done));
    expect(exported).toMatchObject({
      format: "fabula-story/1",
      story: storyIdOf(genesis()),
      title: "Dunes",
      height: 45,
      tip: ids.at(-1),
      blocks,
    });
    expect(exported.paragraphs.map(({ text }) => text)).toEqual(texts);
    expect(exported.paragraphs.map(({ block }) => block)).toEqual(ids);
    expect(seen).toEqual([20, 40, 45]);
  });

  test("a block that does not follow means that the canon moved; it is read three times", async () => {
    const { blocks } = chainOf(texts);
    const moved = [...blocks];
    moved[30] = chainOf(["Other."]).blocks[0] ?? "";
    const asked = serve(moved);
    await expect(exportStory(lighthouse, () => undefined)).rejects.toThrow(coded("export-moved"));
    expect(asked.filter(({ body }) => body.includes("get_tip"))).toHaveLength(3);
  });

  test("[HDR-3] a paragraph that its header does not commit to breaks the export", async () => {
    const [block = ""] = chainOf(["True."]).blocks;
    serve([block.replace(hexFromBytes(Buffer.from("True.")), hexFromBytes(Buffer.from("Fake.")))]);
    await expect(exportStory(lighthouse, () => undefined)).rejects.toThrow(coded("export-broken"));
  });

  test("a story without paragraphs is its genesis", async () => {
    serve([]);
    const exported = await exportStory(lighthouse, () => undefined);
    expect(exported).toMatchObject({ height: 0, blocks: [], tip: storyIdOf(genesis()) });
  });
});
