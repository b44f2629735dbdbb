/**
 * A stranger on the virtual mesh whose every word a test decides: it serves the blocks that it was given, says
 * what status it likes, and keeps what it was asked. Test-only.
 *
 * @module
 */
import type { Network } from "../chain/ports/network.ts";
import { type Block, encodeBlock } from "../kernel/block.ts";
import { bytesFromHex, hexFromBytes } from "../kernel/bytes.ts";
import { storyIdOf } from "../kernel/genesis.ts";
import { blockIdOf, encodeHeader } from "../kernel/header.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import {
  type Answer,
  decodeQuestion,
  encodeAnswer,
  encodeQuestion,
  type Question,
  type Status,
} from "../peer/wire/messages.ts";
import { decodeBatch, encodeBatch } from "../peer/wire/transaction-batch.ts";
import type { TestMesh } from "./testing.ts";

/** A stranger and what it can do. */
export interface ScriptedPeer {
  readonly network: Network;
  /** Transactions that it heard of by gossip, each as often as it did. */
  readonly heard: SignedTransaction[];
  /** Tags of the questions that it was asked. */
  readonly asked: Question["TAG"][];
  /** Blocks that it serves, by id and by round. */
  serve(...blocks: readonly Block[]): void;
  announce(block: Block): Promise<void>;
  publish(transactions: readonly SignedTransaction[]): Promise<void>;
  /** Tells `peer` where it stands; the answer is left unread. */
  tell(peer: string, status: Partial<Status>): void;
  /** Overrides an answer; `undefined` leaves it as it is, a promise that never settles is silence. */
  answer: (question: Question) => Answer | Promise<Answer> | undefined;
}

const never = (): Promise<Answer> => new Promise(() => {});

/** A stranger that has joined the mesh's story; silent but for blocks that it was given. */
export async function createScriptedPeer(mesh: TestMesh, id: string): Promise<ScriptedPeer> {
  const network = mesh.wires.connect(id);
  const served = new Map<string, Block>();

  /** The microblocks of a round up to the last one asked for. */
  const lineUpTo = (last: Uint8Array, after: number): Block[] => {
    const line: Block[] = [];
    for (
      let block = served.get(hexFromBytes(last));
      block?.header.kind === "micro";
      block = served.get(hexFromBytes(block.header.parent))
    ) {
      if (block.header.microIndex > after) line.unshift(block);
    }
    return line;
  };
  const blocksFor = (question: Question): readonly Block[] | undefined => {
    if (question.TAG === "blocks") {
      return question.data.flatMap((wanted) => served.get(hexFromBytes(wanted)) ?? []);
    }
    if (question.TAG !== "microblocks") return undefined;
    return question.data.flatMap(({ last, after }) => lineUpTo(last, after));
  };

  const self: ScriptedPeer = {
    network,
    heard: [],
    asked: [],
    serve(...blocks) {
      for (const block of blocks) served.set(blockIdOf(block.header), block);
    },
    async announce(block) {
      self.serve(block);
      await network.publish("announce", encodeHeader(block.header));
    },
    publish: (transactions) => network.publish("tx", encodeBatch(transactions)),
    tell(peer, status) {
      const genesis = bytesFromHex(storyIdOf(mesh.genesis));
      const data: Status = {
        tip: genesis,
        head: status.tip ?? genesis,
        microIndex: 0,
        height: 0,
        totalWork: 0n,
        record: undefined,
        ...status,
      };
      const question = encodeQuestion({ TAG: "status", data });
      network.request(peer, question, { timeoutMs: 8_000, maxBytes: 4_096 }).catch(() => undefined);
    },
    answer: () => undefined,
  };
  await network.join(storyIdOf(mesh.genesis), {
    async onMessage(topic, _from, bytes) {
      if (topic === "tx") self.heard.push(...decodeBatch(bytes));
      return "ignore";
    },
    async onRequest(_from, bytes) {
      const question = decodeQuestion(bytes);
      self.asked.push(question.TAG);
      const blocks = blocksFor(question);
      const own: Answer | undefined = blocks && { TAG: "blocks", data: blocks.map(encodeBlock) };
      return encodeAnswer(await (self.answer(question) ?? own ?? never()));
    },
    onPeers: () => {},
    onLog: () => {},
  });
  return self;
}
