/**
 * An operation of a ledger module, signed by a key of the key folder: story, nonce and fee come from the
 * lighthouse, the key stays here.
 *
 * @module
 */
import { bytesFromHex, hexFromBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import { publicKeyFromSeed } from "../kernel/signature.ts";
import {
  encodeSignedTransaction,
  type SignedTransaction,
  signTransaction,
  transactionDomain,
} from "../kernel/transaction.ts";
import type { OperationFields } from "../ledger/modules/module.ts";
import { moduleOf } from "../ledger/modules/registry.ts";
import { readKey } from "./key-folder.ts";
import { callLighthouse, type Lighthouse } from "./rpc-client.ts";

/** What is to be signed and by whom. */
export interface OperationRequest {
  /** System account, `sys/<module>`. */
  readonly account: string;
  readonly fields: OperationFields;
  readonly keys: string;
  readonly key: string;
  /** In micro-units; the lighthouse's estimate when it is left out. */
  readonly fee?: string | undefined;
  readonly story?: string | undefined;
}

/** The signed transaction as hex; rejects as the module, the key folder and the lighthouse do. */
export async function signedOperation(
  lighthouse: Lighthouse,
  { account, fields, keys, key, fee, story }: OperationRequest,
): Promise<string> {
  const module = moduleOf(account);
  if (module === undefined) throw new CodedError("unknown-module", { account });
  const memo = module.encode(module.fromFields(fields));
  const seed = await readKey(keys, key);
  const address = hexFromBytes(publicKeyFromSeed(seed));
  const storyId = story ?? (await callLighthouse(lighthouse, "get_genesis")).story;
  const { nextNonce } = await callLighthouse(lighthouse, "get_account", { address });
  const sign = (units: bigint): SignedTransaction =>
    signTransaction(
      {
        from_: address,
        to: account,
        amountConsumer: 0n,
        amountIndustrial: 0n,
        fee: units,
        feeSelector: 0,
        nonce: BigInt(nextNonce),
        memo,
      },
      seed,
      transactionDomain(bytesFromHex(storyId)),
    );
  // A fee has eight bytes whatever it is, so the size is known before the fee.
  const bytes = encodeSignedTransaction(sign(0n)).length;
  const units = fee ?? (await callLighthouse(lighthouse, "estimate_fee", { bytes })).fee;
  return hexFromBytes(encodeSignedTransaction(sign(BigInt(units))));
}
