/**
 * The story of a run: its genesis, its rules, and the keys of its agents. Work and signatures are not
 * made and not checked, everything else is judged by the chain's own code.
 *
 * @module
 */

import type { HeaderEntry } from "../../chain/header-entry.ts";
import type { ConsensusRules } from "../../chain/rules.ts";
import { STORY_RULES } from "../../chain/rules.ts";
import { type Address, addressFromHex, type StoryId } from "../../kernel/brand.ts";
import { hexFromBytes } from "../../kernel/bytes.ts";
import { createGenesis, type Genesis, storyIdOf } from "../../kernel/genesis.ts";
import type { Paragraph } from "../../kernel/paragraph.ts";
import { publicKeyFromSeed } from "../../kernel/signature.ts";
import {
  compactFromTarget,
  TARGET_LIMIT,
  targetFromCompact,
  targetOfWork,
} from "../../kernel/target.ts";
import { createRandom } from "../random/random.ts";
import type { RetargetRule } from "../retarget/retarget-rules.ts";
import { retargetRule } from "../retarget/retarget-rules.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** Virtual time begins here (2026-01-01T00:00:00Z), so that timestamps look like those of a story. */
export const EPOCH_MS: number = Date.UTC(2026, 0, 1);
/** How many times easier than at the start the target may become, as stories have it by default. */
const MAX_EASING = 16n;
const SEED_BYTES = 32;

/** What every part of the engine needs to know of the run's story. */
export interface LabStory {
  readonly genesis: Genesis;
  readonly storyId: StoryId;
  readonly rules: ConsensusRules;
  readonly retarget: RetargetRule;
  /** Public key of each agent, 32 bytes, and its address. */
  readonly keys: readonly Uint8Array[];
  readonly addresses: readonly Address[];
  /** The same in every block: what is written does not matter here. */
  readonly paragraph: Paragraph;
}

const PARAGRAPH: Paragraph = {
  text: "A page.",
  chapter: null,
  provenance: { writer: "human", model: "", algorithmHash: new Uint8Array(32), seed: 0n },
};

/**
 * The rule, asked once for each block below and step of its age: the clocks, the author and the judge want
 * the same figure.
 */
function onceForEachStep(rule: RetargetRule): ConsensusRules["requiredTarget"] {
  let known: {
    readonly entry: HeaderEntry;
    readonly step: number;
    readonly target: number;
  } | null = null;
  return (parameters, entry, timestampMs) => {
    const step = rule.step(parameters.paceMs, timestampMs - entry.timestampMs);
    if (known?.entry !== entry || known.step !== step) {
      known = { entry, step, target: rule.requiredTarget(parameters, entry, timestampMs) };
    }
    return known.target;
  };
}

/** The targets that are written, and in place of others those that follow from the hash rate. */
function targetsOf({
  initialTarget,
  maxTarget,
  totalHashesPerSecond,
  paceMs,
}: Scenario): Pick<Genesis, "initialTarget" | "maxTarget"> {
  const work = BigInt(Math.max(1, Math.round((totalHashesPerSecond * paceMs) / 1_000)));
  const initial = initialTarget ?? compactFromTarget(targetOfWork(work));
  const easiest = targetFromCompact(initial) * MAX_EASING;
  const limit = compactFromTarget(easiest < TARGET_LIMIT ? easiest : TARGET_LIMIT);
  return { initialTarget: initial, maxTarget: maxTarget ?? limit };
}

/** Creates the story of a scenario; the kernel must be ready (`initKernel`). */
export function createLabStory(scenario: Scenario, seed: number): LabStory {
  const random = createRandom(seed, "keys");
  const creator = random.bytes(SEED_BYTES);
  const targets = targetsOf(scenario);
  const genesis = createGenesis(
    {
      network: "test",
      title: "A story of the lab",
      premise: "",
      language: "en",
      paceMs: scenario.paceMs,
      chapterLength: 0,
      contentRating: "everyone",
      rules: "",
      ...targets,
      createdMs: EPOCH_MS,
    },
    creator,
  );
  const keys = scenario.agents.map(() => publicKeyFromSeed(random.bytes(SEED_BYTES)));
  const retarget = retargetRule(scenario.retarget, scenario.rest);
  return {
    genesis,
    storyId: storyIdOf(genesis),
    rules: {
      provesWork: () => true,
      verifySignature: () => true,
      requiredTarget: onceForEachStep(retarget),
      restUntil: scenario.rest ? STORY_RULES.restUntil : () => null,
    },
    retarget,
    keys,
    addresses: keys.map((key) => addressFromHex(hexFromBytes(key))),
    paragraph: PARAGRAPH,
  };
}
