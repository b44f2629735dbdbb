/**
 * `sys/profile`: how an address wants to be shown. Nothing here is unique or proves anything; a handle is
 * the name that only one can have.
 *
 * @module
 */
import * as P from "micro-packed";
import type { Address } from "../../kernel/brand.ts";
import {
  bigintFromBytesBE,
  bytesFromBigintBE,
  bytesFromHex,
  hexFromBytes,
} from "../../kernel/bytes.ts";
import type { Coder } from "../../kernel/codec.ts";
import { constantByte, fixedBytes, namedByte, prefixedText } from "../../kernel/codec.ts";
import { noTokens } from "../state.ts";
import type { StateMap } from "../state-map.ts";
import { TransactionCode } from "../transactions/transaction-code.ts";
import type { LedgerModule } from "./module.ts";
import { bytesField, integerField, namedField, onlyFields, textField } from "./operation-fields.ts";
import { checkName, decodeMemo, encodeMemo } from "./operation-memo.ts";
import { stateTable } from "./state-table.ts";

/** Display name, colour and avatar of an address. */
export interface Profile {
  /** Empty for none. */
  readonly name: string;
  /** 0xRRGGBB. */
  readonly colour: number;
  /** 8 bytes from which the app draws; consensus does not read them. */
  readonly avatar: Uint8Array;
}

/** Replaces the sender's whole profile. */
export interface ProfileOperation {
  readonly action: "set";
  readonly profile: Profile;
}

/** The longest display name, in UTF-8 bytes. */
export const PROFILE_NAME_MAX_BYTES = 40;

const NAME = "profile";
const COLOUR_MAX = 0xff_ff_ff;
const COLOUR_BYTES = 3;
const AVATAR_BYTES = 8;
const RECORD_MAX_BYTES = 1 + PROFILE_NAME_MAX_BYTES + COLOUR_BYTES + AVATAR_BYTES;

/** Red, green, blue. */
const colourCoder: Coder<number> = P.apply(fixedBytes(COLOUR_BYTES), {
  encode: (bytes: Uint8Array): number => Number(bigintFromBytesBE(bytes)),
  decode: (colour: number): Uint8Array => bytesFromBigintBE(BigInt(colour), COLOUR_BYTES),
});

const profileCoder: Coder<Profile> = P.struct({
  name: prefixedText("u8", PROFILE_NAME_MAX_BYTES),
  colour: colourCoder,
  avatar: fixedBytes(AVATAR_BYTES),
});

const memoCoder = P.struct({
  version: constantByte(1, "operation version"),
  action: namedByte(["set"]),
  profile: profileCoder,
});

const profiles = stateTable("profile", profileCoder, RECORD_MAX_BYTES);

function checkProfile(profile: Profile): Profile {
  if (profile.name !== "") checkName(NAME, profile.name, PROFILE_NAME_MAX_BYTES);
  return profile;
}

/** The profile of an address; undefined when it never set one. */
export function profileOf(state: StateMap, owner: Address): Profile | undefined {
  return profiles.get(state, bytesFromHex(owner));
}

/** The module of profiles. */
export const profile: LedgerModule<ProfileOperation> = {
  name: NAME,
  encode: ({ action, profile }) =>
    encodeMemo(NAME, memoCoder, { version: 1, action, profile: checkProfile(profile) }),
  decode: (memo) => {
    const { action, profile } = decodeMemo(NAME, memoCoder, memo);
    return { action, profile: checkProfile(profile) };
  },
  price: () => noTokens,
  execute: (state, op, { sender }) => {
    const key = bytesFromHex(sender);
    return {
      state: profiles.set(state, key, op.profile),
      touched: [profiles.key(key)],
      code: TransactionCode.ok,
    };
  },
  describe: ({ action, profile: { name, colour, avatar } }) => ({
    action,
    name,
    colour,
    avatar: hexFromBytes(avatar),
  }),
  fromFields: (fields) => {
    onlyFields(fields, ["name", "colour", "avatar"]);
    return {
      action: namedField(fields, "action", ["set"]),
      profile: checkProfile({
        name: textField(fields, "name"),
        colour: integerField(fields, "colour", COLOUR_MAX),
        avatar: bytesField(fields, "avatar", AVATAR_BYTES),
      }),
    };
  },
};
