/**
 * Every vector as a list of facts to compare: what the file says, and how to compute it. Test-only. Both
 * test projects (Node and a real Chromium) run the same list, because consensus that differs between
 * engines is a chain split. One long file, because it is one list in the order of the vector files.
 *
 * @module
 */
import { blake3 } from "@noble/hashes/blake3.js";
import { decodeBlock, encodeBlock } from "../block.ts";
import {
  bodyLeaves,
  bodyRootOf,
  decodeBody,
  encodeBody,
  paragraphProof,
  verifyLeafProof,
} from "../body.ts";
import { bytesFromHex, hexFromBytes, utf8Encode } from "../bytes.ts";
import { CodedError } from "../errors.ts";
import { checkGenesis, decodeGenesis, encodeGenesis, storyIdOf } from "../genesis.ts";
import { HASH_USES, hash, plainBlake3 } from "../hash.ts";
import {
  blockIdOf,
  coreHashOf,
  decodeHeader,
  encodeHeader,
  meetsTarget,
  powOf,
  verifyHeaderSignature,
} from "../header.ts";
import type { History } from "../history.ts";
import { appendHistory, emptyHistory, historyRoot } from "../history.ts";
import { merklePath, merkleRoot, verifyMerklePath } from "../merkle.ts";
import { checkParagraph, decodeParagraph, encodeParagraph, paragraphLeaf } from "../paragraph.ts";
import { publicKeyFromSeed, signWithSeed, verifySignature } from "../signature.ts";
import { compactFromTarget, targetBytes, targetFromCompact, workOfTarget } from "../target.ts";
import { countWords } from "../text.ts";
import {
  decodePayload,
  decodeSignedTransaction,
  encodePayload,
  encodeSignedTransaction,
  splitFee,
  transactionDomain,
  transactionLeaf,
  transactionSigningBytes,
  txidOf,
} from "../transaction.ts";
import blake3Vectors from "./blake3.json" with { type: "json" };
import kernelVectors from "./dual-token-kernel.json" with { type: "json" };
import speccheck from "./ed25519-speccheck.json" with { type: "json" };
import fabula from "./fabula.json" with { type: "json" };
import { jsonValue } from "./json-value.ts";

/** One fact: `expected` comes from a file, `actual` computes it; the title names the rule. */
export interface VectorCheck {
  readonly title: string;
  readonly expected: unknown;
  readonly actual: () => unknown;
}

interface Refusal {
  readonly name: string;
  readonly hex: string;
  readonly code: string;
}

/** The code of the `CodedError` that `run` throws; any other throw passes, and none is told. */
function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
  return "accepted";
}

const hexList = (hashes: readonly Uint8Array[]): string[] => hashes.map(hexFromBytes);

/** The bytes decode to the value, and the value encodes to the bytes. */
function roundTrip<T>(
  title: string,
  vector: { readonly name: string; readonly hex: string; readonly value: unknown },
  decode: (bytes: Uint8Array) => T,
  encode: (value: T) => Uint8Array,
): VectorCheck {
  const bytes = bytesFromHex(vector.hex);
  return {
    title: `[ENC-1] ${title}: ${vector.name}`,
    expected: { value: vector.value, hex: vector.hex },
    actual: () => ({ value: jsonValue(decode(bytes)), hex: hexFromBytes(encode(decode(bytes))) }),
  };
}

function refusals(
  title: string,
  vectors: readonly Refusal[],
  run: (bytes: Uint8Array) => unknown,
): VectorCheck[] {
  return vectors.map(({ name, hex, code }) => ({
    title: `${title}: ${name}`,
    expected: code,
    actual: () => codeOf(() => run(bytesFromHex(hex))),
  }));
}

function primitiveChecks(): VectorCheck[] {
  const context = utf8Encode(blake3Vectors.context);
  const hashes = blake3Vectors.cases.map(({ inputLength, hash: plain, deriveKey }) => ({
    title: `[HASH-1] official BLAKE3 vector of ${inputLength} bytes`,
    expected: { plain, deriveKey },
    actual: () => {
      const input = Uint8Array.from({ length: inputLength }, (_, index) => index % 251);
      return {
        plain: hexFromBytes(plainBlake3(input)),
        deriveKey: hexFromBytes(blake3(input, { context })),
      };
    },
  }));
  const uses = HASH_USES.map((use) => ({
    title: `[HASH-1] context fabula/1 ${use}`,
    expected: Array.from({ length: 2 }, () => fabula.hashes.find((it) => it.use === use)?.hash),
    actual: () => {
      const input = utf8Encode("fabula");
      return [
        hexFromBytes(blake3(input, { context: utf8Encode(`fabula/1 ${use}`) })),
        hexFromBytes(hash(use, input.subarray(0, 2), input.subarray(2))),
      ];
    },
  }));
  const signatures = speccheck.cases.map(({ number, note, isValid, ...vector }) => ({
    title: `[SIG-1] ed25519-speccheck ${number}: ${note}`,
    expected: isValid,
    actual: () =>
      verifySignature(
        bytesFromHex(vector.publicKey),
        bytesFromHex(vector.message),
        bytesFromHex(vector.signature),
      ),
  }));
  const words = fabula.words.map(({ text, words: expected }) => ({
    title: `[PAR-1] words of ${JSON.stringify(text)}`,
    expected,
    actual: () => countWords(text),
  }));
  return [...hashes, ...uses, ...signatures, ...words];
}

function targetChecks(): VectorCheck[] {
  const valid = fabula.target.valid.map(({ compact, bytes, work }) => ({
    title: `[DIF-2] compact target 0x${compact.toString(16)}`,
    expected: { bytes, work, compact },
    actual: () => {
      const target = targetFromCompact(compact);
      return {
        bytes: hexFromBytes(targetBytes(target)),
        work: String(workOfTarget(target)),
        compact: compactFromTarget(target),
      };
    },
  }));
  const refused = fabula.target.refused.map((compact) => ({
    title: `[DIF-2] no target: ${compact}`,
    expected: "bad-target",
    actual: () => codeOf(() => targetFromCompact(compact)),
  }));
  return [...valid, ...refused];
}

function genesisChecks(): VectorCheck[] {
  const { valid, undecodable, refused } = fabula.genesis;
  return [
    ...valid.map((vector) => roundTrip("genesis", vector, decodeGenesis, encodeGenesis)),
    ...valid.map(({ name, hex, storyId }) => ({
      title: `[GEN-1] valid genesis and its story id: ${name}`,
      expected: { storyId, verdict: "accepted" },
      actual: () => {
        const genesis = decodeGenesis(bytesFromHex(hex));
        return { storyId: storyIdOf(genesis), verdict: codeOf(() => checkGenesis(genesis)) };
      },
    })),
    ...refusals("[ENC-2] no genesis", undecodable, decodeGenesis),
    ...refusals("[GEN-1] refused genesis", refused, (bytes) => checkGenesis(decodeGenesis(bytes))),
  ];
}

function paragraphChecks(): VectorCheck[] {
  const { valid, undecodable, refused, maxWords } = fabula.paragraph;
  return [
    ...valid.map((vector) => roundTrip("paragraph", vector, decodeParagraph, encodeParagraph)),
    ...valid.map(({ name, hex, leaf }) => ({
      title: `[PAR-1] valid paragraph and its leaf: ${name}`,
      expected: { leaf, verdict: "accepted" },
      actual: () => {
        const paragraph = decodeParagraph(bytesFromHex(hex));
        return {
          leaf: hexFromBytes(paragraphLeaf(paragraph)),
          verdict: codeOf(() => checkParagraph(paragraph, maxWords)),
        };
      },
    })),
    ...refusals("[ENC-2] no paragraph", undecodable, decodeParagraph),
    ...refusals("[PAR-1] refused paragraph", refused, (bytes) =>
      checkParagraph(decodeParagraph(bytes), maxWords),
    ),
  ];
}

function kernelExampleChecks(): VectorCheck[] {
  const example = kernelVectors;
  const payload = () => decodePayload(bytesFromHex(example.payloadHex));
  const ends = (bytes: Uint8Array): string[] => {
    const hex = hexFromBytes(bytes);
    return [hex.slice(0, 8), hex.slice(-4)];
  };
  const split = (fee: string, selector: number) => splitFee(BigInt(fee), selector);
  return [
    roundTrip(
      "[TX-0] payload of the dual-token kernel",
      { name: "README example, 69 bytes", hex: example.payloadHex, value: example.payload },
      decodePayload,
      encodePayload,
    ),
    {
      title: "[TX-2] [TX-3] key, signature and txid of the dual-token kernel's example",
      expected: {
        publicKey: example.publicKeyEnds,
        signature: example.signatureEnds,
        txid: example.txid,
      },
      actual: () => {
        const seed = bytesFromHex(example.seed);
        const publicKey = publicKeyFromSeed(seed);
        const message = transactionSigningBytes(bytesFromHex(example.domain), payload());
        return {
          publicKey: ends(publicKey),
          signature: ends(signWithSeed(seed, message)),
          txid: hexFromBytes(txidOf({ payload: payload(), publicKey }, example.txidVersion)),
        };
      },
    },
    ...example.fees.map(({ fee, selector, consumer, industrial }) => ({
      title: `[TX-4] fee ${fee} with selector ${selector}`,
      expected: jsonValue({ consumer: BigInt(consumer), industrial: BigInt(industrial) }),
      actual: () => jsonValue(split(fee, selector)),
    })),
    ...example.refusedFees.map(({ fee, selector, code }) => ({
      title: `[TX-4] refused: fee ${fee} with selector ${selector}`,
      expected: code,
      actual: () => codeOf(() => split(fee, selector)),
    })),
  ];
}

function transactionChecks(): VectorCheck[] {
  const { valid, undecodable, storyId } = fabula.transaction;
  return [
    ...valid.map((vector) =>
      roundTrip("transaction", vector, decodeSignedTransaction, encodeSignedTransaction),
    ),
    ...valid.map(({ name, hex, txid, leaf }) => ({
      title: `[TX-2] [TX-3] signature, txid and leaf: ${name}`,
      expected: { isSigned: true, txid, leaf },
      actual: () => {
        const transaction = decodeSignedTransaction(bytesFromHex(hex));
        const { payload, publicKey, signature } = transaction;
        const message = transactionSigningBytes(transactionDomain(bytesFromHex(storyId)), payload);
        return {
          isSigned: verifySignature(publicKey, message, signature),
          txid: hexFromBytes(txidOf(transaction)),
          leaf: hexFromBytes(transactionLeaf(transaction)),
        };
      },
    })),
    ...refusals("[ENC-2] no transaction", undecodable, decodeSignedTransaction),
  ];
}

const kindOf = (name: string): "key" | "micro" => (name === "micro" ? "micro" : "key");

function bodyChecks(): VectorCheck[] {
  return [
    ...fabula.body.valid.map((vector) =>
      roundTrip(
        "body",
        vector,
        (bytes) => decodeBody(bytes, kindOf(vector.kind)),
        (body) => encodeBody(body, kindOf(vector.kind)),
      ),
    ),
    ...fabula.body.valid.map(({ name, kind, hex, bodyRoot, proof }) => ({
      title: `[HDR-3] root and paragraph proof: ${name}`,
      expected: { bodyRoot, proof, isProven: true },
      actual: () => {
        const body = decodeBody(bytesFromHex(hex), kindOf(kind));
        const [leaf = new Uint8Array()] = bodyLeaves(body);
        const made = paragraphProof(body);
        return {
          bodyRoot: hexFromBytes(bodyRootOf(body)),
          proof: jsonValue(made),
          isProven: verifyLeafProof(leaf, 0, made, bytesFromHex(bodyRoot)),
        };
      },
    })),
    ...refusals("[ENC-2] no body", fabula.body.undecodable, (bytes) => decodeBody(bytes)),
  ];
}

function blockChecks(): VectorCheck[] {
  return [
    ...fabula.header.valid.map((vector) => roundTrip("header", vector, decodeHeader, encodeHeader)),
    ...fabula.header.valid.map(({ name, value: _value, hex, ...expected }) => ({
      title: `[HDR-1] hashes, proof of work and signature: ${name}`,
      expected,
      actual: () => {
        const header = decodeHeader(bytesFromHex(hex));
        return {
          coreHash: hexFromBytes(coreHashOf(header)),
          pow: hexFromBytes(powOf(coreHashOf(header), header.nonce)),
          blockId: blockIdOf(header),
          meetsTarget: meetsTarget(header),
          isSigned: verifyHeaderSignature(header),
        };
      },
    })),
    ...refusals("[ENC-2] no header", fabula.header.undecodable, decodeHeader),
    ...fabula.block.valid.map((vector) => roundTrip("block", vector, decodeBlock, encodeBlock)),
    ...refusals("[ENC-2] no block", fabula.block.undecodable, decodeBlock),
  ];
}

function treeChecks(): VectorCheck[] {
  const leavesOf = (count: number) =>
    Array.from({ length: count }, (_, index) => new Uint8Array(32).fill(index));
  const merkle = fabula.merkle.map(({ count, root, paths }) => ({
    title: `[HDR-3] tree of ${count} leaves`,
    expected: { root, paths, areProven: paths.map(() => true) },
    actual: () => {
      const leaves = leavesOf(count);
      const made = leaves.map((_, index) => merklePath(leaves, index));
      return {
        root: hexFromBytes(merkleRoot(leaves)),
        paths: made.map(hexList),
        areProven: made.map((path, index) =>
          verifyMerklePath(
            leaves[index] ?? new Uint8Array(),
            index,
            count,
            path,
            bytesFromHex(root),
          ),
        ),
      };
    },
  }));
  const history = fabula.history.states.map(({ peaks, root }, count) => ({
    title: `[HDR-5] history of ${count} key headers`,
    expected: { peaks, root },
    actual: () => {
      let made: History = emptyHistory;
      for (const leaf of fabula.history.leaves.slice(0, count)) {
        made = appendHistory(made, {
          blockId: bytesFromHex(leaf.blockId.slice(4)),
          work: BigInt(leaf.work.slice(4)),
          timestampMs: leaf.timestampMs,
          target: leaf.target,
          author: bytesFromHex(leaf.author.slice(4)),
        });
      }
      return { peaks: jsonValue(made), root: hexFromBytes(historyRoot(made)) };
    },
  }));
  return [...merkle, ...history];
}

/** All facts of all vector files; call `initKernel` before computing any. */
export function vectorChecks(): readonly VectorCheck[] {
  return [
    ...primitiveChecks(),
    ...targetChecks(),
    ...genesisChecks(),
    ...paragraphChecks(),
    ...kernelExampleChecks(),
    ...transactionChecks(),
    ...bodyChecks(),
    ...blockChecks(),
    ...treeChecks(),
  ];
}
