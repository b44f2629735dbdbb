/**
 * `canonical-payload`, `decode-payload`, `sign-tx`, `verify-sig`: a transaction's bytes by hand. They need
 * no lighthouse, except one that names its story where `--story` does not.
 *
 * @module
 */
import { type Command, Option } from "commander";
import { hexFromBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import { initKernel } from "../kernel/init.ts";
import { publicKeyFromSeed } from "../kernel/signature.ts";
import {
  decodePayload,
  decodeSignedTransaction,
  encodePayload,
  encodeSignedTransaction,
  type SignedTransaction,
  signTransaction,
  txidOf,
  verifyTransactionSignature,
} from "../kernel/transaction.ts";
import { checkFeeFloor, checkTransactionForm } from "../ledger/transactions/check-transaction.ts";
import { EXIT_CODE } from "./exit-codes.ts";
import { bytesOfArgument } from "./hex-argument.ts";
import { readKey } from "./key-folder.ts";
import {
  type JsonOptions,
  jsonOption,
  type KeyOptions,
  keyOption,
  keysOption,
  storyOption,
  urlOption,
} from "./options.ts";
import { type CommandContext, jsonLine, type Output, writeResult } from "./output.ts";
import { payloadFields, payloadFromJson } from "./payload-json.ts";
import { type DomainOptions, signingDomain, TAGS } from "./signing-domain.ts";

type SignOptions = JsonOptions &
  KeyOptions &
  Omit<DomainOptions, "tag"> & { readonly key?: string };
type VerifyOptions = JsonOptions &
  DomainOptions & { readonly publicKey?: string; readonly signature?: string };

/** Says on stderr what any peer would say; the transaction is signed all the same. */
function warn(output: Output, transaction: SignedTransaction): void {
  for (const check of [checkTransactionForm, checkFeeFloor]) {
    try {
      check(transaction);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      const { label, number, ...facts } = error.data;
      output.message(`every peer will refuse it: ${label} (${number}) ${jsonLine(facts)}`);
      return;
    }
  }
  if (transaction.payload.nonce === 0n)
    output.message("every peer will refuse it: nonces start at 1");
}

async function signTx(context: CommandContext, json: string, options: SignOptions): Promise<void> {
  const { output } = context;
  if (options.key === undefined) throw new CodedError("key-needed");
  const payload = payloadFromJson(json);
  const seed = await readKey(options.keys, options.key);
  const address = hexFromBytes(publicKeyFromSeed(seed));
  if (payload.from_ !== address) {
    throw new CodedError("not-your-payload", { from: payload.from_, key: options.key, address });
  }
  const domain = await signingDomain({ ...options, tag: "fabula" });
  const transaction = signTransaction(payload, seed, domain.bytes);
  warn(output, transaction);
  const encoded = encodeSignedTransaction(transaction);
  const tx = hexFromBytes(encoded);
  const txid = hexFromBytes(txidOf(transaction));
  writeResult(output, options.json, { tx, txid, sizeBytes: encoded.length }, tx);
}

/** The transaction to check: all of it as hex, or a payload with `--public-key` and `--signature`. */
function givenTransaction(text: string, options: VerifyOptions): SignedTransaction {
  const { publicKey, signature } = options;
  const isJson = text.trimStart().startsWith("{");
  if (publicKey === undefined && signature === undefined && !isJson) {
    return decodeSignedTransaction(bytesOfArgument(text, "transaction"));
  }
  if (publicKey === undefined || signature === undefined) {
    throw new CodedError("signature-needed");
  }
  return {
    payload: isJson ? payloadFromJson(text) : decodePayload(bytesOfArgument(text, "payload")),
    publicKey: bytesOfArgument(publicKey, "public key"),
    signature: bytesOfArgument(signature, "signature"),
  };
}

async function verifySig(
  { output, finish }: CommandContext,
  text: string,
  options: VerifyOptions,
): Promise<void> {
  await initKernel();
  const transaction = givenTransaction(text, options);
  const domain = await signingDomain(options);
  const valid = verifyTransactionSignature(transaction, domain.bytes);
  if (!valid) finish(EXIT_CODE.no);
  const txid = hexFromBytes(txidOf(transaction, domain.txidVersion));
  const signer = hexFromBytes(transaction.publicKey);
  writeResult(output, options.json, { valid, signer, txid }, valid ? "valid" : "not valid");
}

/** Adds the commands. */
export function addPayloadCommands(program: Command, context: CommandContext): void {
  const { output } = context;
  program
    .command("canonical-payload")
    .description("print the canonical bytes of a payload as hex")
    .argument("<json>", "payload: from_, to, amount_consumer, amount_industrial, fee, …")
    .addOption(jsonOption())
    .action((json: string, options: JsonOptions) => {
      const bytes = encodePayload(payloadFromJson(json));
      const payload = hexFromBytes(bytes);
      writeResult(output, options.json, { payload, sizeBytes: bytes.length }, payload);
    });

  program
    .command("decode-payload")
    .description("print a payload's bytes as JSON")
    .argument("<hex>", "canonical bytes of a payload")
    .addOption(jsonOption())
    .action((hex: string) => {
      output.result(jsonLine(payloadFields(decodePayload(bytesOfArgument(hex, "payload")))));
    });

  program
    .command("sign-tx")
    .description("sign a payload and print the transaction as hex, for submit-tx")
    .argument("<json>", "payload as JSON; or the key's name, and then the payload")
    .argument("[payload]")
    .addOption(keyOption())
    .addOption(storyOption())
    .addOption(keysOption())
    .addOption(urlOption())
    .addOption(jsonOption())
    .action((first: string, second: string | undefined, options: SignOptions) =>
      second === undefined
        ? signTx(context, first, options)
        : signTx(context, second, { ...options, key: first }),
    );

  program
    .command("verify-sig")
    .description(
      "check the signature of a transaction, or of a payload; exit code 3 when it is not valid",
    )
    .argument(
      "<tx>",
      "transaction as hex; or a payload, as JSON or hex, with the two options below",
    )
    .option("--public-key <hex>", "public key, with --signature")
    .option("--signature <hex>", "signature, with --public-key")
    .addOption(
      new Option(
        "--tag <name>",
        "what was signed: a story's transaction, or the dual-token kernel's",
      )
        .choices(TAGS)
        .default("fabula"),
    )
    .addOption(storyOption())
    .addOption(urlOption())
    .addOption(jsonOption())
    .action((text: string, options: VerifyOptions) => verifySig(context, text, options));
}
