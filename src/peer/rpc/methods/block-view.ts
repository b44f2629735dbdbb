/**
 * `get_block`: a block, key or micro, with everything that proves it, recomputed at the moment of asking. A block that
 * this peer does not know yet (a link was opened before the rest has synced) is fetched from a peer and
 * proved on its own: work, signature and body, but not yet its place in the canon.
 *
 * @module
 */
import { checkBlockAlone } from "../../../chain/check-block-alone.ts";
import { type Block, decodeBlock } from "../../../kernel/block.ts";
import { bodyLeaves, encodeBody, paragraphProof, verifyLeafProof } from "../../../kernel/body.ts";
import { type BlockId, blockIdFromHex } from "../../../kernel/brand.ts";
import { bytesFromHex, hexFromBytes } from "../../../kernel/bytes.ts";
import { CodedError } from "../../../kernel/errors.ts";
import { blockIdOf } from "../../../kernel/header.ts";
import { encodeSignedTransaction } from "../../../kernel/transaction.ts";
import { describeFault } from "../../log.ts";
import { replayParagraph } from "../../mining/builtin-draft.ts";
import type { PeerCore } from "../../peer-core.ts";
import { ask, blame } from "../../story/ask.ts";
import { blockParagraphView, entryHeaderView, headerView } from "../../views.ts";
import type { ResultOf } from "../schema.ts";
import { canonEntry } from "./known-blocks.ts";

async function fetchBlock(core: PeerCore, id: BlockId): Promise<Block> {
  const session = core.session();
  for (const { id: peer, path } of session.book.connections()) {
    if (path === "relayed") continue;
    const answer = await ask(session.context, peer, { TAG: "blocks", data: [bytesFromHex(id)] }, [
      "blocks",
    ]).catch(() => undefined);
    const bytes = answer?.data[0];
    if (bytes === undefined) continue;
    try {
      const block = decodeBlock(bytes);
      if (blockIdOf(block.header) === id) return block;
      blame(session.context, peer, "wrong-block", id);
    } catch (reason) {
      const { code, detail } = describeFault(reason);
      blame(session.context, peer, code, detail);
    }
  }
  throw new CodedError("unknown-block", { block: id });
}

type Replay = ResultOf<"get_block">["replay"];

async function replay(core: PeerCore, block: Block): Promise<Replay> {
  const slot = block.body.paragraph;
  if (slot.kind !== "text" || slot.paragraph.provenance.writer !== "builtin")
    return "not-applicable";
  const { context } = core.session();
  const parent = context.chain.entry(blockIdFromHex(hexFromBytes(block.header.keyParent)));
  if (parent === undefined) return "not-checked";
  const writer = await core.ports.loadBuiltin().catch(() => null);
  return writer === null ? "not-checked" : replayParagraph(context, writer, parent, slot.paragraph);
}

/** Transactions of some blocks together. */
async function transactionsIn(core: PeerCore, ids: readonly BlockId[]): Promise<number> {
  const blocks = await core.session().context.chain.readBlocks(ids);
  return blocks.reduce((sum, block) => sum + (block?.body.transactions.length ?? 0), 0);
}

function isVerified(core: PeerCore, block: Block): boolean {
  try {
    checkBlockAlone(core.session().context.chain.genesis, block);
    return true;
  } catch {
    return false;
  }
}

/** Answers `get_block`; rejects with `unknown-block` or `bad-params`. */
export async function blockView(
  core: PeerCore,
  params: { readonly block?: string | undefined; readonly height?: number | undefined },
): Promise<ResultOf<"get_block">> {
  if (params.block === undefined && params.height === undefined) {
    throw new CodedError("bad-params", {
      method: "get_block",
      path: "",
      problem: "name a block or a height",
    });
  }
  const { chain } = core.session().context;
  const id =
    params.block === undefined
      ? canonEntry(chain, params.height ?? 0).id
      : blockIdFromHex(params.block);
  const entry = chain.entry(id);
  const [stored] = entry === undefined ? [] : await chain.readBlocks([id]);
  const block = stored ?? (await fetchBlock(core, id));
  const leaf = bodyLeaves(block.body)[0] ?? new Uint8Array(32);
  const proof = paragraphProof(block.body);
  const known = entry === undefined ? null : entryHeaderView(chain, entry);
  const isOnCanon = entry?.kind === "key" && chain.isCanon(id);
  const microblocks = isOnCanon ? chain.microblocksAt(entry.height).map((micro) => micro.id) : [];
  return {
    header:
      known ?? headerView(id, block.header, { totalWork: 0n, canon: false, confirmations: 0 }),
    paragraph:
      block.header.kind === "micro"
        ? null
        : blockParagraphView(block, id, known?.confirmations ?? 0, core.wallet?.address ?? null),
    transactions: block.body.transactions.map((transaction) =>
      hexFromBytes(encodeSignedTransaction(transaction)),
    ),
    microblocks,
    receipts: {
      block: block.body.transactions.length,
      microblocks: await transactionsIn(core, microblocks),
    },
    proof: {
      leaf: hexFromBytes(leaf),
      path: proof.path.map(hexFromBytes),
      leafCount: proof.count,
      bodyRoot: hexFromBytes(block.header.bodyRoot),
      verified: isVerified(core, block) && verifyLeafProof(leaf, 0, proof, block.header.bodyRoot),
    },
    replay: await replay(core, block),
    encodedBody: hexFromBytes(encodeBody(block.body, block.header.kind)),
  };
}
