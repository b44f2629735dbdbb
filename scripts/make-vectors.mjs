/**
 * Writes src/kernel/vectors/fabula.json: the project's own golden vectors. Run by hand
 * (`node scripts/make-vectors.mjs`) after a format changed on purpose, and read the difference before you
 * commit it: each changed line is a change of consensus. Tests check the file, they never write it.
 *
 * One long file, because later vectors are built from earlier ones. In the result a string that starts
 * with `hex:` stands for bytes, one with `int:` for a bigint.
 *
 * @module
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

const FILE = new URL("../src/kernel/vectors/fabula.json", import.meta.url);
const vite = await createServer({
  configFile: false,
  logLevel: "error",
  appType: "custom",
  server: { middlewareMode: true, hmr: false, watch: null },
});
const kernel = {};
for (const name of [
  "init",
  "bytes",
  "signature",
  "genesis",
  "paragraph",
  "transaction",
  "equivocation",
  "body",
  "header",
  "block",
  "merkle",
  "history",
  "target",
  "hash",
  "text",
  "vectors/json-value",
]) {
  Object.assign(kernel, await vite.ssrLoadModule(`/src/kernel/${name}.ts`));
}
await kernel.initKernel();
const { hexFromBytes: hex, jsonValue } = kernel;

const seedOf = (byte) => new Uint8Array(32).fill(byte);
const bytesOf = (byte, size = 32) => new Uint8Array(size).fill(byte);
const textBytes = kernel.utf8Encode;
/** `bytes` with the byte at `at` (from the end if negative) replaced. */
const withByte = (bytes, at, byte) => {
  const copy = bytes.slice();
  copy[at < 0 ? copy.length + at : at] = byte;
  return copy;
};
const longer = (bytes) => kernel.concatBytes(bytes, Uint8Array.of(0));
const shorter = (bytes) => bytes.subarray(0, -1);
const rejected = (name, bytes, code) => ({ name, hex: hex(bytes), code });
/** What every decoder must reject, whatever it decodes. */
const rejectedAlways = (bytes, maxBytes) => [
  rejected("empty", new Uint8Array(), "bad-encoding"),
  rejected("one byte short", shorter(bytes), "bad-encoding"),
  rejected("one byte long", longer(bytes), "bad-encoding"),
  rejected("version 0", withByte(bytes, 0, 0), "bad-encoding"),
  rejected("version 2", withByte(bytes, 0, 2), "bad-encoding"),
  ...(maxBytes === undefined
    ? []
    : [rejected("above the cap", bytesOf(1, maxBytes + 1), "too-large")]),
];

/* ---- genesis ---- */
const genesisFields = {
  network: "test",
  title: "A tale",
  premise: "",
  language: "en",
  paceMs: 15_000,
  maxWords: 140,
  chapterLength: 0,
  contentRating: "everyone",
  rules: "",
  createdMs: 1_767_225_600_000,
};
const easy = { initialTarget: 0x20_7f_ff_ff, maxTarget: 0x20_7f_ff_ff };
const smallGenesis = kernel.createGenesis({ ...genesisFields, ...easy }, seedOf(1));
const liveGenesis = kernel.createGenesis(
  {
    ...genesisFields,
    network: "live",
    title: "Die Nacht, in der der Leuchtturm sprach",
    premise: "Ein Wärter hört Stimmen – und antwortet. 灯台守は返事をした。",
    language: "de-CH",
    paceMs: 60_000,
    chapterLength: 12,
    contentRating: "teen",
    rules: "Keep to the first person.",
  },
  seedOf(2),
);
const resigned = (genesis, changes) => {
  const draft = { ...genesis, ...changes };
  const signature = kernel.signWithSeed(seedOf(1), kernel.genesisSigningBytes(draft));
  return kernel.encodeGenesis({ ...draft, signature });
};
const smallGenesisBytes = kernel.encodeGenesis(smallGenesis);
const genesis = {
  valid: [
    ["least fields", smallGenesis],
    ["live, with all fields and default targets (GEN-2)", liveGenesis],
  ].map(([name, value]) => ({
    name,
    value: jsonValue(value),
    hex: hex(kernel.encodeGenesis(value)),
    storyId: kernel.storyIdOf(value),
  })),
  undecodable: [
    ...rejectedAlways(smallGenesisBytes, 1_000),
    rejected("unknown network", withByte(smallGenesisBytes, 1, 2), "bad-encoding"),
    rejected("title longer than its cap", withByte(smallGenesisBytes, 2, 121), "bad-encoding"),
    rejected("title that is not UTF-8", withByte(smallGenesisBytes, 3, 0xff), "bad-encoding"),
  ],
  refused: [
    rejected("signature bit", withByte(smallGenesisBytes, -64, 1), "bad-signature"),
    rejected("other title, old signature", withByte(smallGenesisBytes, 3, 0x42), "bad-signature"),
    rejected("pace below 2 s", resigned(smallGenesis, { paceMs: 1_999 }), "bad-genesis"),
    rejected("pace above a day", resigned(smallGenesis, { paceMs: 86_400_001 }), "bad-genesis"),
    rejected("no words allowed", resigned(smallGenesis, { maxWords: 0 }), "bad-genesis"),
    rejected("title without a word", resigned(smallGenesis, { title: "  " }), "bad-genesis"),
    rejected("title with a tab", resigned(smallGenesis, { title: "a\tb" }), "bad-text"),
    rejected("language with a space", resigned(smallGenesis, { language: "e n" }), "bad-genesis"),
    rejected("target zero", resigned(smallGenesis, { initialTarget: 0 }), "bad-genesis"),
    rejected(
      "easiest target harder than the first",
      resigned(smallGenesis, { maxTarget: 0x1f_7f_ff_ff }),
      "bad-genesis",
    ),
  ],
};

/* ---- paragraph ---- */
const human = { writer: "human", model: "", algorithmHash: bytesOf(0), seed: 0n };
const plain = { text: "The lamp went out.", chapter: null, provenance: human };
const paragraphs = [
  ["by a person", plain],
  ["with a chapter mark", { ...plain, text: "He waited.\n\nNobody came.", chapter: "II. 霧" }],
  ["by a model", { ...plain, provenance: { ...human, writer: "model", model: "small-1b" } }],
  [
    "by the built-in writer",
    {
      ...plain,
      provenance: {
        writer: "builtin",
        model: "",
        algorithmHash: bytesOf(7),
        seed: 0xffff_ffff_ffff_ffffn,
      },
    },
  ],
];
const plainBytes = kernel.encodeParagraph(plain);
const refusedParagraph = (name, changes, code) =>
  rejected(name, kernel.encodeParagraph({ ...plain, ...changes }), code);
const paragraph = {
  valid: paragraphs.map(([name, value]) => ({
    name,
    value: jsonValue(value),
    hex: hex(kernel.encodeParagraph(value)),
    leaf: hex(kernel.paragraphLeaf(value)),
  })),
  undecodable: [
    ...rejectedAlways(plainBytes, 1_791),
    rejected("text longer than its cap", withByte(plainBytes, 2, 7), "bad-encoding"),
    rejected("text that is not UTF-8", withByte(plainBytes, 3, 0xc0), "bad-encoding"),
    rejected("chapter tag 2", withByte(plainBytes, 21, 2), "bad-encoding"),
    rejected("writer 3", withByte(plainBytes, 22, 3), "bad-encoding"),
  ],
  maxWords: 5,
  refused: [
    refusedParagraph("no text", { text: "" }, "no-words"),
    refusedParagraph("spaces only", { text: " \n　" }, "no-words"),
    refusedParagraph("six words", { text: "a b c d e f" }, "too-many-words"),
    refusedParagraph("bidirectional override", { text: "a\u202eb" }, "bad-text"),
    refusedParagraph("noncharacter", { text: "a\ufdd0b" }, "bad-text"),
    refusedParagraph("empty chapter", { chapter: "" }, "bad-text"),
    refusedParagraph("byte-order mark", { text: "\ufeffa" }, "bad-text"),
    refusedParagraph(
      "model without a name",
      { provenance: { ...human, writer: "model" } },
      "bad-provenance",
    ),
    refusedParagraph(
      "name without a model",
      { provenance: { ...human, model: "x" } },
      "bad-provenance",
    ),
  ],
};

/* ---- transaction ---- */
const storyId = kernel.bytesFromHex(kernel.storyIdOf(smallGenesis));
const signed = (seed, payload) => ({
  payload,
  publicKey: kernel.publicKeyFromSeed(seed),
  signature: kernel.signWithSeed(
    seed,
    kernel.transactionSigningBytes(kernel.transactionDomain(storyId), payload),
  ),
});
const address = (seed) => hex(kernel.publicKeyFromSeed(seed));
const transfer = signed(seedOf(3), {
  from_: address(seedOf(3)),
  to: address(seedOf(4)),
  amountConsumer: 1_500_000n,
  amountIndustrial: 0n,
  fee: 1_001n,
  feeSelector: 2,
  nonce: 1n,
  memo: new Uint8Array(),
});
const operation = signed(seedOf(4), {
  from_: address(seedOf(4)),
  to: "sys/handles",
  amountConsumer: 0n,
  amountIndustrial: 0xffff_ffff_ffff_ffffn,
  fee: 0n,
  feeSelector: 255,
  nonce: 0n,
  memo: textBytes("@möwe"),
});
const transferBytes = kernel.encodeSignedTransaction(transfer);
const transaction = {
  storyId: hex(storyId),
  valid: [
    ["transfer", transfer],
    ["operation; the codec accepts any selector and nonce", operation],
  ].map(([name, value]) => ({
    name,
    value: jsonValue(value),
    hex: hex(kernel.encodeSignedTransaction(value)),
    txid: hex(kernel.txidOf(value)),
    leaf: hex(kernel.transactionLeaf(value)),
  })),
  undecodable: [
    ...rejectedAlways(transferBytes, 4_506),
    rejected("name longer than its cap", withByte(transferBytes, 1, 129), "bad-encoding"),
    rejected("length of 2^56", withByte(transferBytes, 8, 1), "bad-encoding"),
    rejected("name that is not UTF-8", withByte(transferBytes, 9, 0x80), "bad-encoding"),
  ],
};

/* ---- body ---- */
const emptyLeaf = kernel.bodyLeaves({ paragraph: { kind: "none" }, transactions: [] })[0];
const bodies = [
  ["key", "paragraph alone", { paragraph: { kind: "text", paragraph: plain }, transactions: [] }],
  [
    "key",
    "paragraph and two transactions",
    {
      paragraph: { kind: "text", paragraph: paragraphs[1][1] },
      transactions: [transfer, operation],
    },
  ],
  [
    "key",
    "the first one with its text withheld",
    {
      paragraph: { kind: "withheld", leafHash: kernel.paragraphLeaf(plain) },
      transactions: [],
    },
  ],
  ["micro", "one transaction", { paragraph: { kind: "none" }, transactions: [transfer] }],
];
/* ---- header and block ---- */
const unsignedHeader = {
  version: 1,
  kind: "key",
  storyId,
  height: 1,
  microIndex: 0,
  parent: storyId,
  keyParent: storyId,
  timestampMs: 1_767_225_615_000,
  author: kernel.publicKeyFromSeed(seedOf(5)),
  bodyRoot: kernel.bodyRootOf(bodies[1][2]),
  stateRoot: bytesOf(0x55),
  historyRoot: bytesOf(0),
  coinbase: { consumer: 1_000_000_000n, industrial: 1_000_000_001n },
  feeChecksum: kernel.feeChecksumOf(501n, 500n),
  target: 0x20_00_ff_ff,
  nonce: 0n,
  signature: bytesOf(0, 64),
};
const mined = (header) => {
  for (let nonce = 0n; ; nonce++) {
    if (kernel.meetsTarget({ ...header, nonce })) return { ...header, nonce };
  }
};
const keyHeader = kernel.signHeader(mined(unsignedHeader), seedOf(5));
const microHeader = kernel.signHeader(
  {
    ...unsignedHeader,
    kind: "micro",
    microIndex: 1,
    parent: kernel.bytesFromHex(kernel.blockIdOf(keyHeader)),
    keyParent: kernel.bytesFromHex(kernel.blockIdOf(keyHeader)),
    timestampMs: 1_767_225_616_000,
    bodyRoot: kernel.bodyRootOf(bodies[3][2]),
    coinbase: { consumer: 0n, industrial: 0n },
    target: 0,
  },
  seedOf(5),
);
const otherMicroHeader = kernel.signHeader(
  { ...microHeader, timestampMs: microHeader.timestampMs + 1 },
  seedOf(5),
);
bodies.push([
  "key",
  "a proof of equivocation",
  {
    paragraph: { kind: "text", paragraph: plain },
    transactions: [transfer],
    equivocation: kernel.equivocationProof(otherMicroHeader, microHeader),
  },
]);
const provenBytes = kernel.encodeBody(bodies[4][2]);
const provenHead = provenBytes.subarray(0, provenBytes.length - 732);
const [firstHeader, secondHeader] = [provenBytes.subarray(-732, -366), provenBytes.subarray(-366)];
const bodyBytes = kernel.encodeBody(bodies[0][2]);
const body = {
  valid: bodies.map(([kind, name, value]) => ({
    name,
    kind,
    value: jsonValue(value),
    hex: hex(kernel.encodeBody(value, kind)),
    bodyRoot: hex(kernel.bodyRootOf(value)),
    proof: jsonValue(kernel.paragraphProof(value)),
  })),
  undecodable: [
    ...rejectedAlways(bodyBytes),
    rejected("paragraph tag 3", withByte(bodyBytes, 1, 3), "bad-encoding"),
    rejected("more transactions stated than present", withByte(bodyBytes, -1, 1), "bad-encoding"),
    rejected("version 3", withByte(bodyBytes, 0, 3), "bad-encoding"),
    rejected("version 2 without a proof", withByte(bodyBytes, 0, 2), "bad-encoding"),
    rejected("version 1 with a proof", withByte(provenBytes, 0, 1), "bad-encoding"),
    rejected(
      "headers of a proof out of order",
      kernel.concatBytes(provenHead, secondHeader, firstHeader),
      "bad-encoding",
    ),
    rejected(
      "a proof of one header twice",
      kernel.concatBytes(provenHead, firstHeader, firstHeader),
      "bad-encoding",
    ),
    rejected(
      "nothing, withheld",
      kernel.concatBytes(Uint8Array.of(1, 2), emptyLeaf, Uint8Array.of(0, 0)),
      "bad-encoding",
    ),
  ],
};

const missedHeader = { ...keyHeader, nonce: 0xffff_ffff_ffff_ffffn };
const headerBytes = kernel.encodeHeader(keyHeader);
const header = {
  valid: [
    ["key block, mined and signed", keyHeader],
    ["microblock, signed; no target is met", microHeader],
    ["greatest nonce: neither mined nor signed", missedHeader],
  ].map(([name, value]) => ({
    name,
    value: jsonValue(value),
    hex: hex(kernel.encodeHeader(value)),
    coreHash: hex(kernel.coreHashOf(value)),
    pow: hex(kernel.powOf(kernel.coreHashOf(value), value.nonce)),
    blockId: kernel.blockIdOf(value),
    meetsTarget: kernel.meetsTarget(value),
    isSigned: kernel.verifyHeaderSignature(value),
  })),
  undecodable: [
    ...rejectedAlways(headerBytes).filter(({ name }) => name !== "one byte long"),
    rejected("above the cap", longer(headerBytes), "too-large"),
    rejected("kind 2", withByte(headerBytes, 1, 2), "bad-encoding"),
    rejected("a time that no Date shows", withByte(headerBytes, 113, 1), "bad-encoding"),
  ],
};
const blocks = [
  ["key block", { header: keyHeader, body: bodies[1][2] }],
  ["microblock", { header: microHeader, body: bodies[3][2] }],
];
const blockBytes = kernel.encodeBlock(blocks[0][1]);
const block = {
  valid: blocks.map(([name, value]) => ({
    name,
    value: jsonValue(value),
    hex: hex(kernel.encodeBlock(value)),
  })),
  undecodable: [
    ...rejectedAlways(blockBytes),
    rejected("header without a body", blockBytes.subarray(0, 366), "bad-encoding"),
  ],
};

/* ---- trees, targets, hashes, text ---- */
const leaves = Array.from({ length: 9 }, (_, index) => bytesOf(index));
const merkle = Array.from({ length: 10 }, (_, count) => ({
  count,
  root: hex(kernel.merkleRoot(leaves.slice(0, count))),
  paths: leaves
    .slice(0, count)
    .map((_, at) => kernel.merklePath(leaves.slice(0, count), at).map(hex)),
}));
const historyLeaves = leaves.map((blockId, index) => ({
  blockId,
  work: 1n << BigInt(20 * index),
  timestampMs: 1_767_225_600_000 + 15_000 * index,
  target: 0x1e_00_ff_ff - index,
  author: bytesOf(0xa0 + index),
}));
const histories = [kernel.emptyHistory];
for (const leaf of historyLeaves) histories.push(kernel.appendHistory(histories.at(-1), leaf));
const history = {
  leaves: historyLeaves.map(jsonValue),
  states: histories.map((value) => ({
    peaks: jsonValue(value),
    root: hex(kernel.historyRoot(value)),
  })),
};
const compacts = [
  0x01_01_00_00, 0x01_7f_00_00, 0x02_00_80_00, 0x03_00_80_00, 0x1b_04_04_cb, 0x1d_00_ff_ff,
  0x1e_08_63_7b, 0x20_7f_ff_ff, 0x21_00_ff_ff,
];
const target = {
  valid: compacts.map((compact) => {
    const value = kernel.targetFromCompact(compact);
    const bytes = hex(kernel.targetBytes(value));
    return { compact, bytes, work: String(kernel.workOfTarget(value)) };
  }),
  refused: [
    0, 1, 0x01_00_ff_ff, 0x03_00_00_00, 0x1d_80_ff_ff, 0x04_00_00_80, 0x02_01_00_01, 0x03_00_00_7f,
    0x1e_00_00_ff, 0x21_01_00_00, 0x22_00_00_ff, 0xff_ff_ff_ff, 0x1_1d_00_ff_ff, -1, 1.5,
  ],
};
const hashes = kernel.HASH_USES.map((use) => ({
  use,
  hash: hex(kernel.hash(use, textBytes("fabula"))),
}));
const words = ["", " ", "a", " a  b ", "a\nb　c", "a\u00a0b", "一二三", "a\tb"].map((text) => ({
  text,
  words: kernel.countWords(text),
}));

const vectors = {
  about: "Golden vectors of the protocol. Written by scripts/make-vectors.mjs; never edit by hand.",
  genesis,
  paragraph,
  transaction,
  body,
  header,
  block,
  merkle,
  history,
  target,
  hashes,
  words,
};
const text = `${JSON.stringify(vectors, null, 2)}\n`;
let before = "";
try {
  before = readFileSync(FILE, "utf8");
} catch {
  before = "";
}
writeFileSync(FILE, text);
const biome = fileURLToPath(new URL("../node_modules/.bin/biome", import.meta.url));
execFileSync(biome, ["format", "--write", fileURLToPath(FILE)], { stdio: "ignore" });
const after = readFileSync(FILE, "utf8");
console.log(before === after ? "vectors unchanged" : "vectors CHANGED: review the difference");
await vite.close();
