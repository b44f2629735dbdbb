/**
 * A scenario as part of a link: its YAML, compressed and in letters that an address may have.
 *
 * @module
 */
import { base64urlnopad } from "@scure/base";
import { concatBytes, utf8Decode, utf8Encode } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { SCENARIO_LINK_MAX, SCENARIO_TEXT_MAX } from "./limits.ts";

/** A character of the configuration has at most three bytes in UTF-8. */
const TEXT_MAX_BYTES = 3 * SCENARIO_TEXT_MAX;

/** The link's payload for `yaml`; rejects with `scenario-too-long` when it does not fit one. */
export async function scenarioToFragment(yaml: string): Promise<string> {
  if (yaml.length > SCENARIO_TEXT_MAX) {
    throw new CodedError("scenario-too-long", { characters: yaml.length, most: SCENARIO_TEXT_MAX });
  }
  const packed = await pass(utf8Encode(yaml), new CompressionStream("deflate-raw"), TEXT_MAX_BYTES);
  const fragment = base64urlnopad.encode(packed);
  if (fragment.length > SCENARIO_LINK_MAX) {
    throw new CodedError("scenario-too-long", {
      characters: fragment.length,
      most: SCENARIO_LINK_MAX,
    });
  }
  return fragment;
}

/**
 * The YAML of a payload; rejects with `bad-scenario-link` when it is damaged, and with `scenario-too-long` when it
 * is longer than any link or unpacks to more than a configuration may have.
 */
export async function scenarioFromFragment(text: string): Promise<string> {
  if (text.length > SCENARIO_LINK_MAX) {
    throw new CodedError("scenario-too-long", { characters: text.length, most: SCENARIO_LINK_MAX });
  }
  let yaml: string;
  try {
    const packed = base64urlnopad.decode(text);
    const unpacked = await pass(packed, new DecompressionStream("deflate-raw"), TEXT_MAX_BYTES);
    yaml = utf8Decode(unpacked);
  } catch (error) {
    if (error instanceof CodedError && error.code === "scenario-too-long") throw error;
    throw new CodedError("bad-scenario-link", {}, { cause: error });
  }
  if (yaml.length > SCENARIO_TEXT_MAX) {
    throw new CodedError("scenario-too-long", { characters: yaml.length, most: SCENARIO_TEXT_MAX });
  }
  return yaml;
}

/** `bytes` through `stream`, given up as soon as more than `maxBytes` come out. */
async function pass(
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream,
  maxBytes: number,
): Promise<Uint8Array> {
  const input = new Blob([new Uint8Array(bytes)]).stream();
  const reader = input.pipeThrough(stream).getReader();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concatBytes(...chunks);
    sizeBytes += value.length;
    if (sizeBytes > maxBytes) {
      await reader.cancel();
      throw new CodedError("scenario-too-long", { bytes: sizeBytes, most: maxBytes });
    }
    chunks.push(value);
  }
}
