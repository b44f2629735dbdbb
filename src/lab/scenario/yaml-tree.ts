/**
 * YAML as a plain tree of texts, lists and mappings that know their place. Every scalar stays the text that
 * was written, so that `33.30` is read by the one who knows what it means. An alias is the same branch of
 * the tree once more, never a copy, so that a "billion laughs" costs nothing.
 *
 * @module
 */
import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type LineCounter,
  type Node,
  Parser,
} from "yaml";
import { SCENARIO_DEPTH_MAX, SCENARIO_TEXT_MAX } from "./limits.ts";
import type { Problems } from "./problems.ts";

/** A scalar; `isAbsent` for nothing, `~` and `null`. */
export interface TextTree {
  readonly kind: "text";
  /** Offset in the text, of everything that has one. */
  readonly at: number;
  readonly text: string;
  readonly isAbsent: boolean;
}
/** A sequence. */
export interface ListTree {
  readonly kind: "list";
  readonly at: number;
  readonly items: readonly Tree[];
}
/** A mapping, in the order of its keys. */
export interface MappingTree {
  readonly kind: "mapping";
  readonly at: number;
  readonly entries: ReadonlyMap<string, { readonly at: number; readonly value: Tree }>;
}
/** Any node. */
export type Tree = TextTree | ListTree | MappingTree;

class TooDeep extends Error {
  readonly at: number;
  constructor(at: number) {
    super("too deep");
    this.at = at;
  }
}

/** The library's own `parseDocument`, but for the check of the depth: it recurses, and takes the process with it. */
function compose(source: string, lines: LineCounter): Document.Parsed[] {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  function* tokens(): Generator<CST.Token> {
    for (const lexeme of new Lexer().lex(source)) {
      yield* parser.next(lexeme);
      // The stack has an entry for a collection, its document, and what is being read.
      if (parser.stack.length > SCENARIO_DEPTH_MAX + 2) throw new TooDeep(parser.offset);
    }
    yield* parser.end();
  }
  // Repeated keys are found below: the library compares each with each.
  const composer = new Composer({
    lineCounter: lines,
    schema: "failsafe",
    stringKeys: true,
    uniqueKeys: false,
  });
  return [...composer.compose(tokens(), true, source.length)];
}

/** The first document of `source`, or `null` when it is not readable; problems say why. */
export function yamlTree(source: string, lines: LineCounter, problems: Problems): Tree | null {
  if (source.length > SCENARIO_TEXT_MAX) {
    const message = `The configuration has more than ${String(SCENARIO_TEXT_MAX)} characters.`;
    problems.error("text-too-long", 0, "", message);
    return null;
  }
  let documents: Document.Parsed[];
  try {
    documents = compose(source, lines);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    const most = String(SCENARIO_DEPTH_MAX);
    problems.error("too-deep", error.at, "", `Lists and mappings are nested deeper than ${most}.`);
    return null;
  }
  const [document, second] = documents;
  if (document?.contents == null) {
    problems.error("empty", 0, "", "The configuration is empty.");
    return null;
  }
  // Behind a tab nothing stands where it should, and what else is wrong follows from that.
  const tabs = document.errors.filter(({ code }) => code === "TAB_AS_INDENT");
  for (const error of tabs.length > 0 ? tabs : document.errors) {
    const code = tabs.length > 0 ? "tab-indent" : "not-yaml";
    problems.error(code, error.pos[0], "", `This is not YAML: ${firstLine(error.message)}.`);
  }
  for (const warning of document.warnings) {
    problems.warn("unknown-tag", warning.pos[0], "", `${firstLine(warning.message)}.`);
  }
  if (second !== undefined) {
    const at = second.range[0];
    problems.error(
      "many-documents",
      at,
      "",
      "Only one YAML document is read; a second begins here.",
    );
  }
  return problems.hasErrors() ? null : treeOf(document.contents, problems);
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0]?.replace(/[.:]$/, "") ?? "";
}

function treeOf(root: Node, problems: Problems): Tree {
  const anchors = new Map<string, Tree>();
  const absent = (at: number): Tree => ({ kind: "text", at, text: "", isAbsent: true });

  function read(node: unknown, fallbackAt: number): Tree {
    if (isAlias(node)) {
      const at = node.range?.[0] ?? fallbackAt;
      const target = anchors.get(node.source);
      if (target !== undefined) return target;
      problems.error(
        "unknown-alias",
        at,
        "",
        `No value before this one is called "&${node.source}".`,
      );
      return absent(at);
    }
    if (!isScalar(node) && !isSeq(node) && !isMap(node)) return absent(fallbackAt);
    const tree = readValue(node, node.range?.[0] ?? fallbackAt);
    if (node.anchor !== undefined) anchors.set(node.anchor, tree);
    return tree;
  }

  function readValue(node: Node, at: number): Tree {
    if (isSeq(node)) return { kind: "list", at, items: node.items.map((item) => read(item, at)) };
    if (isMap(node)) {
      const entries = new Map<string, { readonly at: number; readonly value: Tree }>();
      for (const { key, value } of node.items) {
        const keyTree = read(key, at);
        if (keyTree.kind !== "text") continue;
        const name = keyTree.text;
        if (entries.has(name)) {
          const message = `"${name}" is already given in this mapping.`;
          problems.error("duplicate-key", keyTree.at, name, message);
          continue;
        }
        entries.set(name, { at: keyTree.at, value: read(value, keyTree.at) });
      }
      return { kind: "mapping", at, entries };
    }
    if (!isScalar(node)) return absent(at);
    const text = typeof node.value === "string" ? node.value : (node.source ?? "");
    const isAbsent = node.type === "PLAIN" && /^(?:~|null|Null|NULL)?$/.test(text);
    return { kind: "text", at, text, isAbsent };
  }

  return read(root, 0);
}
