/**
 * Headers-first sync (NET-4): a candidate branch that is checked header by header and stored nowhere.
 * Bodies are asked for only when its work is greater than ours, so that a stranger cannot make us keep
 * anything that he did not pay for.
 *
 * @module
 */
import type { BlockId } from "../kernel/brand.ts";
import { hexFromBytes } from "../kernel/bytes.ts";
import type { Header } from "../kernel/header.ts";
import { blockIdOf } from "../kernel/header.ts";
import type { History } from "../kernel/history.ts";
import type { ChainParts } from "./connect.ts";
import { isBetterKeyBlock } from "./fork-choice.ts";
import type { HeaderEntry } from "./header-entry.ts";
import { headerEntry } from "./header-entry.ts";
import { judgeHeader } from "./header-rules.ts";
import { historyWith } from "./histories.ts";
import { MAX_HEADERS_PER_PUSH, MAX_UNSETTLED_HEADERS } from "./limits.ts";
import type { Future, Orphan, Refusal } from "./outcome.ts";
import { refuseCopy } from "./outcome.ts";

/** What became of a push: all taken, or the first header that was not (those before it stay). */
export type PushResult =
  | { readonly kind: "accepted"; readonly added: number }
  | ((Orphan | Future | Refusal) & { readonly added: number });

/** A verified chain of headers on top of a block of the tree. */
export interface HeaderBranch {
  /**
   * Checks and appends headers, oldest first: linkage, proof of work, signature, DIF-1/2, TRK-1, HDR-6,
   * historyRoot. Headers that the tree or the branch already has are skipped, so that a push may
   * overlap the one before.
   */
  push(headers: readonly Header[], nowMs: number): PushResult;
  /** Work of the chain that ends with the branch's tip. */
  readonly totalWork: bigint;
  /** Ids that the tree did not have when they were pushed, oldest first: what to fetch bodies for. */
  readonly ids: readonly BlockId[];
  /** Block of the tree on which the branch stands; the genesis before the first push. */
  readonly forkPoint: HeaderEntry;
  readonly tip: HeaderEntry;
  /** True when the branch is better than the present canon (FRK-1). */
  readonly wins: boolean;
}

/** An empty branch over the tree of `parts`, of at most `maxHeaders` headers that the tree does not have. */
export function createHeaderBranch(
  parts: Pick<ChainParts, "genesis" | "storyId" | "rules" | "tree" | "histories" | "invalid">,
  genesis: HeaderEntry,
  maxHeaders: number = MAX_UNSETTLED_HEADERS,
): HeaderBranch {
  const added = new Map<BlockId, HeaderEntry>();
  let forkPoint = genesis;
  let tip = genesis;
  let tipHistory: History | undefined;

  const historyThrough = (entry: HeaderEntry): History => {
    if (entry.id !== tip.id || added.size === 0) return parts.histories.through(entry);
    tipHistory ??= parts.histories.through(entry);
    return tipHistory;
  };
  const view = {
    genesis: parts.genesis,
    storyId: parts.storyId,
    rules: parts.rules,
    entry: (id: BlockId) => added.get(id) ?? parts.tree.entry(id),
    invalidCode: (id: BlockId) => parts.invalid.get(id),
    historyThrough,
  };

  const append = (header: Header, nowMs: number): Orphan | Future | Refusal | null => {
    // Before it is judged: a history is at hand for the tip only, and rebuilding one for another block
    // of a long branch would let a stranger choose our work.
    if (added.size > 0 && hexFromBytes(header.keyParent) !== tip.id) {
      if (added.has(blockIdOf(header))) return null;
      return refuseCopy("headers-not-linked", { height: header.height });
    }
    if (header.kind !== "key") return refuseCopy("not-a-key-header", { height: header.height });
    const { verdict, condemned } = judgeHeader(view, header, nowMs);
    if (verdict.kind === "known" && added.size === 0) {
      forkPoint = verdict.entry;
      tip = verdict.entry;
      return null;
    }
    if (verdict.kind !== "passed" && verdict.kind !== "known") {
      if (condemned !== null && verdict.kind === "invalid") {
        parts.invalid.set(condemned, verdict.code);
      }
      return verdict;
    }
    if (added.size >= maxHeaders) {
      return refuseCopy("too-many-headers", { count: added.size + 1, max: maxHeaders });
    }
    // Known though the branch goes on: its blocks are being connected while its headers arrive.
    const entry =
      verdict.kind === "known"
        ? verdict.entry
        : headerEntry(header, verdict.id, { keyParent: verdict.keyParent, receivedMs: nowMs });
    if (added.size === 0) forkPoint = entry.keyParent ?? genesis;
    tipHistory = historyWith(historyThrough(entry.keyParent ?? genesis), entry);
    added.set(entry.id, entry);
    tip = entry;
    return null;
  };

  return {
    push(headers, nowMs) {
      if (headers.length > MAX_HEADERS_PER_PUSH) {
        return {
          ...refuseCopy("too-many-headers", { count: headers.length, max: MAX_HEADERS_PER_PUSH }),
          added: 0,
        };
      }
      const before = added.size;
      for (const header of headers) {
        const refused = append(header, nowMs);
        if (refused !== null) return { ...refused, added: added.size - before };
      }
      return { kind: "accepted", added: added.size - before };
    },
    get totalWork() {
      return tip.totalWork;
    },
    get ids() {
      return [...added.keys()];
    },
    get forkPoint() {
      return forkPoint;
    },
    get tip() {
      return tip;
    },
    get wins() {
      return isBetterKeyBlock(tip, parts.tree.tip());
    },
  };
}
