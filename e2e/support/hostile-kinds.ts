/**
 * The attacks, one function for each kind. An attack returns once it has done its worst; the caller then
 * looks whether the victim ended the connection.
 *
 * @module
 */
import { type Block, encodeBlock } from "../../src/kernel/block.ts";
import { bodyRootOf } from "../../src/kernel/body.ts";
import { bytesFromHex, hexFromBytes } from "../../src/kernel/bytes.ts";
import { equivocationProof } from "../../src/kernel/equivocation.ts";
import {
  blockIdBytes,
  blockIdOf,
  coreHashOf,
  encodeHeader,
  type Header,
  signHeader,
} from "../../src/kernel/header.ts";
import { compactFromTarget, targetFromCompact } from "../../src/kernel/target.ts";
import {
  type SignedTransaction,
  signTransaction,
  transactionDomain,
} from "../../src/kernel/transaction.ts";
import { encodeFrame } from "../../src/mesh/framing.ts";
import { MAX_REQUEST_BYTES, MAX_TOPIC_BYTES } from "../../src/mesh/limits.ts";
import { requestProtocolName } from "../../src/mesh/topics.ts";
import { encodeQuestion } from "../../src/peer/wire/messages.ts";
import { encodeTrackerList, signList, signRecord } from "../../src/peer/wire/records.ts";
import { encodeBatch } from "../../src/peer/wire/transaction-batch.ts";
import { type Author, askPeer, type Forge, freshAuthor } from "./hostile-blocks.ts";
import type { HostileNode } from "./hostile-node.ts";

/** What an attack works with. */
export interface Scene {
  readonly forge: Forge;
  readonly self: HostileNode;
  readonly victim: string;
  /** Catches up with the victim. */
  follow(): Promise<void>;
}

/** An attack; it may return ids of blocks that the test then looks for. */
export type Attack = (scene: Scene) => Promise<Record<string, string> | undefined>;

const announce = ({ self }: Scene, header: Header): Promise<void> =>
  self.publishRaw("announce", encodeHeader(header));

/** Answers honestly for these blocks and truthfully says nothing else. */
function serve(scene: Scene, blocks: readonly Block[], bytesOf = encodeBlock): void {
  const known = new Map(blocks.map((block) => [blockIdOf(block.header), block]));
  scene.self.answer = (question) => {
    if (question.TAG !== "blocks") return undefined;
    return {
      TAG: "blocks",
      data: question.data.flatMap((id) => {
        const block = known.get(hexFromBytes(id) as never);
        return block === undefined ? [] : [bytesOf(block)];
      }),
    };
  };
}

/** A header with one thing wrong; its body would be served. */
function header(change: (header: Header) => Partial<Header>): Attack {
  return async (scene) => {
    const block = await scene.forge.forged(change);
    serve(scene, [block]);
    await announce(scene, block.header);
    return { block: blockIdOf(block.header) };
  };
}

const flip = (bytes: Uint8Array): Uint8Array => bytes.map((byte, i) => (i === 5 ? byte ^ 1 : byte));

function moreTarget(compact: number, times: bigint): number {
  return compactFromTarget((targetFromCompact(compact) * times) / 4n);
}

async function garbageRequests(scene: Scene, bytes: Uint8Array): Promise<undefined> {
  const options = { timeoutMs: 20_000, maxBytes: 1_000 };
  await scene.self.network.request(scene.victim, bytes, options).catch(() => undefined);
  return undefined;
}

async function oversizedFrames({ self, forge, victim }: Scene): Promise<undefined> {
  const connection = self.node
    .getConnections()
    .find((c) => c.remotePeer.toString() === victim && c.limits === undefined);
  for (let i = 0; i < 3 && self.connected(); i++) {
    const stream = await connection
      ?.newStream(requestProtocolName(forge.chain.storyId))
      .catch(() => undefined);
    if (stream === undefined) break;
    stream.send(encodeFrame(new Uint8Array(MAX_REQUEST_BYTES + 1)).subarray(0, 64));
  }
  return undefined;
}

function lyingStatus(headers: (scene: Scene) => Promise<Uint8Array[]>): Attack {
  return async (scene) => {
    const { self, victim } = scene;
    const served = await headers(scene);
    self.answer = (question) =>
      question.TAG === "headers" ? { TAG: "headers", data: served } : undefined;
    // Each claim is a little bolder than the last, so that the victim looks again.
    for (let times = 1n; times < 6n && self.connected(); times++) {
      const tip = crypto.getRandomValues(new Uint8Array(32));
      const place = { tip, head: tip, microIndex: 0, height: 1_000_000 };
      const data = { ...place, totalWork: times << 200n, record: undefined };
      await self.network
        .request(victim, encodeQuestion({ TAG: "status", data }), {
          timeoutMs: 20_000,
          maxBytes: 4_096,
        })
        .catch(() => undefined);
    }
    return undefined;
  };
}

function trackerList(forgeIt: (scene: Scene, author: Author) => Uint8Array): Attack {
  return async (scene) => {
    // A list speaks of one round; on a busy machine the next one may begin before it is heard.
    for (let attempt = 0; attempt < 20 && scene.self.connected(); attempt++) {
      await scene.follow();
      await scene.self.publishRaw("tracker", forgeIt(scene, freshAuthor()));
      await scene.self
        .until("the door shuts", () => !scene.self.connected(), 1_500)
        .catch(() => undefined);
    }
    return undefined;
  };
}

function listBy(
  { forge, self }: Scene,
  author: Author,
  authoritative: boolean,
  badEntry: boolean,
): Uint8Array {
  const timestampMs = Date.now();
  const record = signRecord(
    { peerId: self.id, author: author.publicKey, addresses: [], timestampMs },
    author.seed,
  );
  return encodeTrackerList(
    signList(
      {
        storyId: bytesFromHex(forge.chain.storyId),
        keyBlock: bytesFromHex(forge.chain.tip().id),
        sequence: 4_000_000_000,
        authoritative,
        timestampMs,
        publisher: author.publicKey,
        entries: badEntry ? [{ ...record, signature: flip(record.signature) }] : [record],
      },
      author.seed,
    ),
  );
}

/** A transaction that no peer forwards: its selector is none. */
function worthless({ forge }: Scene): SignedTransaction {
  const { seed, publicKey } = freshAuthor();
  const from_ = hexFromBytes(publicKey);
  const zero = { amountConsumer: 0n, amountIndustrial: 0n, fee: 0n, feeSelector: 9, nonce: 1n };
  const domain = transactionDomain(bytesFromHex(forge.chain.storyId));
  return signTransaction({ from_, to: from_, ...zero, memo: new Uint8Array(0) }, seed, domain);
}

/** All kinds by name. */
export const ATTACKS: Readonly<Record<string, Attack>> = {
  "garbage-request": (scene) => garbageRequests(scene, crypto.getRandomValues(new Uint8Array(200))),
  "oversized-request": (scene) => garbageRequests(scene, new Uint8Array(5_000)),
  "oversized-frame": oversizedFrames,
  async "garbage-gossip"(scene) {
    await scene.self.publishRaw("announce", crypto.getRandomValues(new Uint8Array(366)));
    return undefined;
  },
  async "oversized-gossip"(scene) {
    for (let i = 0; i < 3 && scene.self.connected(); i++) {
      await scene.self.publishRaw(
        "announce",
        crypto.getRandomValues(new Uint8Array(MAX_TOPIC_BYTES.announce + 1)),
      );
    }
    return undefined;
  },
  async "bad-work"(scene) {
    const author = freshAuthor();
    const { header: made } = scene.forge.candidate(author);
    // No nonce was looked for; the chance that this one fits is one in millions.
    await announce(scene, signHeader({ ...made, nonce: 1n }, author.seed));
    return undefined;
  },
  async "bad-signature"(scene) {
    const block = await scene.forge.forged(() => ({}));
    serve(scene, [block]);
    await announce(scene, { ...block.header, signature: flip(block.header.signature) });
    return { block: blockIdOf(block.header) };
  },
  async "same-id-other-signature"(scene) {
    // SIG-2: the id is good, one copy is not; the copy's sender pays and the id stays welcome.
    const block = await scene.forge.forged(() => ({}));
    serve(scene, [
      { ...block, header: { ...block.header, signature: flip(block.header.signature) } },
    ]);
    await announce(scene, block.header);
    return { block: blockIdOf(block.header) };
  },
  "wrong-history-root": header((made) => ({ historyRoot: flip(made.historyRoot) })),
  "wrong-state-root": header((made) => ({ stateRoot: flip(made.stateRoot) })),
  "inflated-coinbase": header((made) => ({
    coinbase: { ...made.coinbase, consumer: made.coinbase.consumer + 1n },
  })),
  "easier-target": header((made) => ({ target: moreTarget(made.target, 5n) })),
  "harder-target": header((made) => ({ target: moreTarget(made.target, 3n) })),
  "too-early": header((made) => ({ timestampMs: made.timestampMs - 3_600_000 })),
  "wrong-height": header((made) => ({ height: made.height + 1 })),
  async microblock(scene) {
    const author = freshAuthor();
    const { header: made } = scene.forge.candidate(author);
    await announce(
      scene,
      signHeader({ ...made, kind: "micro", microIndex: 1, target: 0, nonce: 0n }, author.seed),
    );
    return undefined;
  },
  async "microblock-by-a-stranger"(scene) {
    const author = freshAuthor();
    const { header: made } = scene.forge.candidate(author);
    const coinbase = { consumer: 0n, industrial: 0n };
    const place = { height: made.height - 1, microIndex: 1, target: 0, nonce: 0n, coinbase };
    await announce(scene, signHeader({ ...made, kind: "micro", ...place }, author.seed));
    return undefined;
  },
  async "forged-equivocation"(scene) {
    const author = freshAuthor();
    const { header: made, body } = scene.forge.candidate(author);
    const accuse = (timestampMs: number): Header =>
      signHeader({ ...made, kind: "micro", microIndex: 1, timestampMs }, author.seed);
    const equivocation = equivocationProof(accuse(made.timestampMs), accuse(made.timestampMs + 1));
    const full = { ...body, equivocation };
    const block = await scene.forge.forged(() => ({ bodyRoot: bodyRootOf(full) }), author, full);
    serve(scene, [block]);
    await announce(scene, block.header);
    return { block: blockIdOf(block.header) };
  },
  async "garbage-transactions"(scene) {
    await scene.self.publishRaw("tx", crypto.getRandomValues(new Uint8Array(300)));
    return undefined;
  },
  async "oversized-transactions"(scene) {
    for (let i = 0; i < 3 && scene.self.connected(); i++) {
      const bytes = crypto.getRandomValues(new Uint8Array(MAX_TOPIC_BYTES.tx + 1));
      await scene.self.publishRaw("tx", bytes);
    }
    return undefined;
  },
  async "transaction-without-a-fee"(scene) {
    await scene.self.publishRaw("tx", encodeBatch([worthless(scene)]));
    return undefined;
  },
  async "wrong-body"(scene) {
    const block = await scene.forge.forged(() => ({}));
    const other = scene.forge.candidate(freshAuthor()).body;
    serve(scene, [{ header: block.header, body: other }]);
    await announce(scene, block.header);
    return { block: blockIdOf(block.header) };
  },
  async "garbage-body"(scene) {
    const block = await scene.forge.forged(() => ({}));
    serve(scene, [block], () => crypto.getRandomValues(new Uint8Array(500)));
    await announce(scene, block.header);
    return { block: blockIdOf(block.header) };
  },
  async "transactions-in-body"(scene) {
    const author = freshAuthor();
    const { body } = scene.forge.candidate(author);
    const full = { ...body, transactions: [worthless(scene)] };
    const block = await scene.forge.forged(() => ({ bodyRoot: bodyRootOf(full) }), author, full);
    serve(scene, [block]);
    await announce(scene, block.header);
    return { block: blockIdOf(block.header) };
  },
  async "resting-author"(scene) {
    const [author, other] = [freshAuthor(), freshAuthor()];
    const first = await scene.forge.forged(() => ({}), author);
    serve(scene, [first]);
    await announce(scene, first.header);
    await victimHas(scene, first);
    const second = childOf(first, scene.forge.candidate(other).header);
    await announce(scene, await scene.forge.seal({ ...second, author: author.publicKey }, author));
    return { block: blockIdOf(first.header) };
  },
  async future(scene) {
    const author = freshAuthor();
    const made = scene.forge.candidate(author, Date.now() + 11_000);
    const block = { header: await scene.forge.seal(made.header, author), body: made.body };
    serve(scene, [block]);
    await announce(scene, block.header);
    return { block: blockIdOf(block.header) };
  },
  async "far-future"(scene) {
    const author = freshAuthor();
    const made = scene.forge.candidate(author, Date.now() + 86_400_000);
    const block = { header: await scene.forge.seal(made.header, author), body: made.body };
    serve(scene, [block]);
    await announce(scene, block.header);
    return { block: blockIdOf(block.header) };
  },
  async reordered(scene) {
    const [a, b] = [freshAuthor(), freshAuthor()];
    const parent = await scene.forge.forged(() => ({}), a);
    const { header: made } = scene.forge.candidate(b);
    const child = await scene.forge.seal(childOf(parent, made), b);
    serve(scene, [parent]);
    await announce(scene, child);
    return { child: blockIdOf(child) };
  },
  async replayed(scene) {
    const { chain } = scene.forge;
    for (let height = 1; height <= 11 && scene.self.connected(); height++) {
      const old = chain.canonAt(height)?.header;
      if (old != null) await announce(scene, old);
    }
    return undefined;
  },
  "forged-tracker": trackerList((scene, author) => listBy(scene, author, true, false)),
  "tracker-bad-entry": trackerList((scene, author) => listBy(scene, author, false, true)),
  "claims-and-serves-nothing": lyingStatus(async () => []),
  "claims-and-serves-bad-headers": lyingStatus(async ({ forge }) => {
    const author = freshAuthor();
    const { header: made } = forge.candidate(author);
    return [encodeHeader(signHeader({ ...made, nonce: 1n }, author.seed))];
  }),
};

/** A header on a forged block: linked, and early enough to be nobody's future. */
function childOf(parent: Block, made: Header): Header {
  const { header } = parent;
  const parentId = blockIdBytes(coreHashOf(header), header.nonce);
  return {
    ...made,
    height: header.height + 1,
    parent: parentId,
    keyParent: parentId,
    timestampMs: header.timestampMs + 600,
  };
}

/** Waits until the victim has connected a block. */
async function victimHas({ self, victim }: Scene, block: Block): Promise<void> {
  const id = blockIdBytes(coreHashOf(block.header), block.header.nonce);
  while (self.connected()) {
    const answer = await askPeer(self.network, victim, { TAG: "blocks", data: [id] });
    if (answer.TAG === "blocks" && answer.data.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
