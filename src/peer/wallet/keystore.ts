/**
 * The keystore of one slot, as it lies on the disk: labels of the accounts in the clear, their secrets
 * sealed. The secrets are one byte string: 32 bytes of entropy (the recovery phrase), then the 32-byte
 * seed of each imported account in the order of the labels.
 *
 * Version 1 knew one account and sealed the entropy alone, so what it sealed is good as version 2: it is
 * read with a label for that account, and written as version 2 when something is next saved.
 *
 * @module
 */
import * as z from "zod/mini";
import { addressFromHex, isHex32 } from "../../kernel/brand.ts";
import { concatBytes } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { SEED_BYTES } from "../../kernel/signature.ts";
import type { DeviceCipher } from "../ports.ts";
import { type Account, MAX_ACCOUNTS, phraseAccount } from "./accounts.ts";
import { ENTROPY_BYTES, openPhrase, type Signer, signerOfSeed } from "./derivation.ts";
import {
  openSecrets,
  type PassphraseKey,
  type Sealed,
  type SealingPorts,
  sealSecrets,
} from "./seal.ts";

/** What a keystore says without being opened. */
export interface Labels {
  /** Address of the account that signs. */
  readonly active: string;
  readonly accounts: readonly Account[];
  readonly phraseChecked: boolean;
}

/** What lies in the slot's key-value store under `keystore`. */
export interface Keystore extends Labels, Sealed {
  readonly version: 2;
}

/** The secrets of an opened keystore. */
export interface Unlocked {
  readonly entropy: Uint8Array;
  /** Signers of all accounts, by address. */
  readonly signers: ReadonlyMap<string, Signer>;
  /** Seals what is saved next; null without a passphrase. */
  readonly passphraseKey: PassphraseKey | null;
}

const bytes = z.instanceof(Uint8Array);
const address = z.pipe(
  z.string().check(z.refine(isHex32, { abort: true })),
  z.transform(addressFromHex),
);
const envelope = {
  protection: z.enum(["device", "passphrase", "none"]),
  phraseChecked: z.boolean(),
  sealed: bytes,
  salt: z.optional(bytes),
  nonce: z.optional(bytes),
};
const version1 = z.object({ ...envelope, version: z.literal(1), address });
const version2 = z.object({
  ...envelope,
  version: z.literal(2),
  active: address,
  accounts: z
    .array(
      z.object({
        address,
        name: z.string(),
        origin: z.enum(["phrase", "imported"]),
        index: z.nullable(z.int().check(z.nonnegative(), z.maximum(0x7f_ff_ff_ff))),
      }),
    )
    .check(z.minLength(1), z.maxLength(MAX_ACCOUNTS)),
});

function areConsistent({ active, accounts }: Labels): boolean {
  const addresses = new Set<string>(accounts.map((account) => account.address));
  return (
    addresses.size === accounts.length &&
    addresses.has(active) &&
    accounts.every(({ origin, index }) => (origin === "phrase") === (index !== null))
  );
}

/** A keystore of any version that this program knows, as version 2; null for anything else. */
export function readKeystore(value: unknown): Keystore | null {
  const current = version2.safeParse(value);
  if (current.success) return areConsistent(current.data) ? current.data : null;
  const former = version1.safeParse(value);
  if (!former.success) return null;
  const { address: only, ...rest } = former.data;
  return { ...rest, version: 2, active: only, accounts: [phraseAccount(only, 0, null)] };
}

/** Seals the secrets for the disk, beside their labels. */
export async function sealKeystore(
  labels: Labels,
  unlocked: Unlocked,
  ports: SealingPorts,
): Promise<Keystore> {
  const imported = labels.accounts
    .filter(({ index }) => index === null)
    .map((account) => signerOf(unlocked, account).seed);
  const secrets = concatBytes(unlocked.entropy, ...imported);
  const sealed = await sealSecrets(secrets, unlocked.passphraseKey, ports);
  const { active, accounts, phraseChecked } = labels;
  return { version: 2, active, accounts, phraseChecked, ...sealed };
}

/**
 * Opens a keystore; throws `passphrase-needed`, `passphrase-wrong`, `keystore-damaged`. A keystore
 * whose secrets are not those of its labels is damaged too: it would sign as somebody else.
 */
export async function unlockKeystore(
  keystore: Keystore,
  passphrase: string | null,
  device: DeviceCipher | null,
): Promise<Unlocked> {
  const { accounts } = keystore;
  const { secrets, passphraseKey } = await openSecrets(keystore, passphrase, device);
  const imported = accounts.filter(({ index }) => index === null).length;
  if (secrets.length !== ENTROPY_BYTES + imported * SEED_BYTES) {
    throw new CodedError("keystore-damaged");
  }
  const entropy = secrets.slice(0, ENTROPY_BYTES);
  const signerAt = await openPhrase(entropy);
  const signers = new Map<string, Signer>();
  let next = ENTROPY_BYTES;
  for (const { address, index } of accounts) {
    const signer =
      index === null ? signerOfSeed(secrets.slice(next, (next += SEED_BYTES))) : signerAt(index);
    if (signer.address !== address) throw new CodedError("keystore-damaged");
    signers.set(address, signer);
  }
  return { entropy, signers, passphraseKey };
}

/** An account's signer; throws `keystore-damaged` when the secrets hold none. */
export function signerOf({ signers }: Unlocked, account: Account): Signer {
  const signer = signers.get(account.address);
  if (signer === undefined) throw new CodedError("keystore-damaged");
  return signer;
}
