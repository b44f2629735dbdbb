/**
 * What a hostile peer knows and forges: an honest view of the chain to build on, and blocks with one
 * thing wrong, really mined and really signed.
 *
 * @module
 */
import type { Candidate } from "../../src/chain/candidate.ts";
import { type Chain, createChain } from "../../src/chain/create-chain.ts";
import type { Network } from "../../src/chain/ports/network.ts";
import { type Block, decodeBlock } from "../../src/kernel/block.ts";
import type { Body } from "../../src/kernel/body.ts";
import { bytesFromHex } from "../../src/kernel/bytes.ts";
import { isCoded } from "../../src/kernel/errors.ts";
import { decodeGenesis } from "../../src/kernel/genesis.ts";
import {
  blockIdOf,
  coreHashOf,
  decodeHeader,
  type Header,
  signHeader,
} from "../../src/kernel/header.ts";
import { publicKeyFromSeed } from "../../src/kernel/signature.ts";
import { targetBytes, targetFromCompact } from "../../src/kernel/target.ts";
import { createMinerKernel, type MinerKernel } from "../../src/mining/kernel.ts";
import {
  type Answer,
  decodeAnswer,
  encodeQuestion,
  type Question,
} from "../../src/peer/wire/messages.ts";
import { createMemoryStore } from "../../src/storage/memory-store.ts";

const REQUEST = { timeoutMs: 10_000, maxBytes: 1_048_576 };
/** A stream that hangs on a busy machine is opened anew, as an honest peer would. */
const ATTEMPTS = 3;
/** Nonces searched between two looks at the event loop: some 20 ms. */
const SLICE = 500_000;

/** An author of forged blocks. */
export interface Author {
  readonly seed: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** A fresh author. */
export function freshAuthor(): Author {
  const seed = crypto.getRandomValues(new Uint8Array(32));
  return { seed, publicKey: publicKeyFromSeed(seed) };
}

/** Asks a peer as an honest one would. */
export async function askPeer(network: Network, peer: string, question: Question): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return decodeAnswer(await network.request(peer, encodeQuestion(question), REQUEST));
    } catch (error) {
      if (attempt === ATTEMPTS || !isCoded(error, "request-timeout")) throw error;
    }
  }
}

/** The forge of one story. */
export interface Forge {
  readonly chain: Chain;
  /** Catches up with a peer. */
  follow(network: Network, peer: string): Promise<void>;
  candidate(author: Author, nowMs?: number): Candidate;
  /** Solves and signs a header for its own stated target. */
  seal(header: Header, author: Author): Promise<Header>;
  /** A block on the present tip with some header fields (and the body) changed. */
  forged(change: (header: Header) => Partial<Header>, author?: Author, body?: Body): Promise<Block>;
}

/** Opens a forge over a genesis. */
export async function openForge(genesis: Uint8Array): Promise<Forge> {
  const { chain } = await createChain({
    genesis: decodeGenesis(genesis),
    store: createMemoryStore(),
  });
  const kernel = await createMinerKernel();
  let pages = 0;

  const candidate: Forge["candidate"] = (author, nowMs = Date.now()) =>
    chain.candidate({
      paragraph: {
        text: `A stranger wrote line ${(pages++).toString(36)}, and nobody had asked for it.`,
        chapter: null,
        provenance: { writer: "human", model: "", algorithmHash: new Uint8Array(32), seed: 0n },
      },
      author: author.publicKey,
      nowMs,
    });
  const seal: Forge["seal"] = async (header, author) =>
    signHeader({ ...header, nonce: await solve(kernel, header) }, author.seed);

  return {
    chain,
    candidate,
    seal,
    async follow(network, peer) {
      for (;;) {
        const locator = chain.locator().map(bytesFromHex);
        const answer = await askPeer(network, peer, {
          TAG: "headers",
          data: { locator, limit: 64 },
        });
        const ids =
          answer.TAG === "headers" ? answer.data.map((b) => blockIdOf(decodeHeader(b))) : [];
        const fresh = ids.filter((id) => chain.entry(id) === undefined);
        if (fresh.length === 0) return;
        const bodies = await askPeer(network, peer, {
          TAG: "blocks",
          data: fresh.map(bytesFromHex),
        });
        if (bodies.TAG !== "blocks") return;
        await chain.connectBlocks(bodies.data.map(decodeBlock), Date.now());
      }
    },
    async forged(change, author = freshAuthor(), body) {
      const made = candidate(author);
      const header = { ...made.header, ...change(made.header) };
      return { header: await seal(header, author), body: body ?? made.body };
    },
  };
}

async function solve(kernel: MinerKernel, header: Header): Promise<bigint> {
  const range = {
    coreHash: coreHashOf(header),
    target: targetBytes(targetFromCompact(header.target)),
    groups: Math.ceil(SLICE / kernel.step),
  };
  for (let outer = 0; ; outer++) {
    for (let start = 0; start + SLICE < 2 ** 32; start += range.groups * kernel.step) {
      const { found } = kernel.search({ ...range, outer, start });
      if (found !== undefined) return found;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
