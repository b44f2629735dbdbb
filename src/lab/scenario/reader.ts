/**
 * A reader turns a branch of the YAML into a value or reports what is wrong with it. Readers are put
 * together to a schema, and the same schema checks, gives defaults and is the help text.
 *
 * @module
 */
import { nearestName } from "./nearest-name.ts";
import type { Problems } from "./problems.ts";
import type { Tree } from "./yaml-tree.ts";

/** A value and where it was written, or where it would stand. */
export interface Located<T> {
  readonly value: T;
  readonly at: number;
}

/** Where a reader is, and whom it tells. */
export interface Place {
  readonly path: string;
  readonly problems: Problems;
}

/** Reads `T`. */
export interface Reader<T> {
  /** For people: what is written here, with its unit. */
  readonly type: string;
  /** `undefined` after a problem was reported. */
  read(tree: Tree, place: Place): T | undefined;
  /** What a mapping holds. */
  readonly fields?: Readonly<Record<string, Field<unknown>>>;
  /** What is inside a list (`[]`) or a mapping by agent (`.<id>`). */
  readonly inside?: { readonly suffix: string; readonly reader: Reader<unknown> };
}

/** One key of a mapping. */
export interface Field<T> {
  readonly reader: Reader<T>;
  /** What it means. */
  readonly text: string;
  /** As it would be written; read by the same reader. An empty one is a mapping of defaults, or no text. */
  readonly default?: string;
  /** In words: what holds when it is absent, if the default does not say. */
  readonly otherwise?: string;
  readonly isRequired?: true;
}

/** The fields of a mapping that is read as `Section<T>`; optional keys of `T` may be absent. */
export type Fields<T> = { readonly [K in keyof T]-?: Field<NonNullable<T[K]>> };
/** A mapping as it was read. */
export type Section<T> = { readonly [K in keyof T]: Located<NonNullable<T[K]>> };

/** Reports a value of the wrong kind. */
export function wrongType(tree: Tree, place: Place, expected: string): undefined {
  const met = tree.kind === "text" ? quoted(tree.text) : `a ${tree.kind}`;
  const message = `Here must be ${expected}, not ${met}.`;
  place.problems.error("wrong-type", tree.at, place.path, message);
  return undefined;
}

/** A text of a stranger within a message: in quotes, and not endless. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

/** A path and one more key. */
export function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

/**
 * A mapping with known keys. Others are errors, except `ignored` ones, which the source's tool knows and
 * which mean nothing here, and those for which `isLabel` is true.
 */
export function record<T>(
  fields: Fields<T>,
  options: {
    readonly ignored?: readonly string[];
    readonly isLabel?: (key: string) => boolean;
  } = {},
): Reader<Section<T>> {
  const { ignored = [], isLabel = () => false } = options;
  const byName: Readonly<Record<string, Field<unknown>>> = fields;
  const known = Object.entries(byName);

  function checkKeys(entries: ReadonlyMap<string, { readonly at: number }>, place: Place): void {
    for (const [key, { at }] of entries) {
      if (Object.hasOwn(byName, key) || isLabel(key)) continue;
      const path = join(place.path, key);
      if (ignored.includes(key)) {
        place.problems.warn(
          "ignored-key",
          at,
          path,
          `${quoted(key)} has no meaning here and is ignored.`,
        );
        continue;
      }
      const nearest = nearestName(key, [...Object.keys(byName), ...ignored]);
      const hint =
        nearest === null
          ? `Known here: ${Object.keys(byName).join(", ")}.`
          : `Did you mean ${quoted(nearest)}?`;
      place.problems.error("unknown-key", at, path, `${quoted(key)} is not a known key. ${hint}`);
    }
  }

  return {
    type: "mapping",
    fields: byName,
    read(tree, place) {
      if (tree.kind === "text" && !tree.isAbsent) return wrongType(tree, place, "a mapping");
      if (tree.kind === "list") return wrongType(tree, place, "a mapping");
      const entries = tree.kind === "mapping" ? tree.entries : new Map<string, never>();
      checkKeys(entries, place);
      const section: Record<string, Located<unknown>> = {};
      let isComplete = true;
      for (const [key, field] of known) {
        const value = readField(key, field, entries.get(key)?.value, tree.at, place);
        if (value !== undefined) section[key] = value;
        else if (field.isRequired === true) isComplete = false;
      }
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one reader of `fields` for each key of `T`, and none that is required is absent
      return isComplete ? (section as Section<T>) : undefined;
    },
  };
}

function readField(
  key: string,
  field: Field<unknown>,
  given: Tree | undefined,
  mappingAt: number,
  place: Place,
): Located<unknown> | undefined {
  const inner: Place = { path: join(place.path, key), problems: place.problems };
  if (given !== undefined && !(given.kind === "text" && given.isAbsent)) {
    const value = field.reader.read(given, inner);
    if (value !== undefined) return { value, at: given.at };
  } else if (field.isRequired === true) {
    const message = `${quoted(key)} is missing: ${field.text}`;
    inner.problems.error("missing-key", given?.at ?? mappingAt, inner.path, message);
  }
  if (field.default === undefined) return undefined;
  const at = given?.at ?? mappingAt;
  const isAbsent = field.default === "";
  const value = field.reader.read({ kind: "text", at, text: field.default, isAbsent }, inner);
  return value === undefined ? undefined : { value, at };
}

/** A mapping that may be written as one text, which then stands for each of `keys`. */
export function shorthand<T>(
  reader: Reader<Section<T>>,
  keys: readonly string[],
  type: string,
): Reader<Section<T>> {
  return {
    ...reader,
    type,
    read(tree, place) {
      if (tree.kind !== "text") return reader.read(tree, place);
      const entries = new Map(keys.map((key) => [key, { at: tree.at, value: tree }]));
      return reader.read({ kind: "mapping", at: tree.at, entries }, place);
    },
  };
}

/** A list with at least `min` and at most `max` items; items that cannot be read are left out. */
export function list<T>(
  item: Reader<T>,
  { min = 0, max }: { readonly min?: number; readonly max: number },
): Reader<readonly Located<T>[]> {
  return {
    type: `list of ${item.type}`,
    inside: { suffix: "[]", reader: item },
    read(tree, place) {
      if (tree.kind !== "list") return wrongType(tree, place, "a list");
      const { path, problems } = place;
      if (tree.items.length < min) {
        problems.error("too-few", tree.at, path, `At least ${String(min)} must be listed.`);
        return undefined;
      }
      if (tree.items.length > max) {
        const message = `${String(tree.items.length)} are listed; at most ${String(max)} are allowed.`;
        problems.error("too-many", tree.at, path, message);
        return undefined;
      }
      return tree.items.flatMap((tree, index) => {
        const value = item.read(tree, { path: `${path}[${String(index)}]`, problems });
        return value === undefined ? [] : [{ value, at: tree.at }];
      });
    },
  };
}

/** A value by agent: a mapping whose keys are free; `at` is the key's. */
export function byAgent<T>(item: Reader<T>, max: number): Reader<ReadonlyMap<string, Located<T>>> {
  return {
    type: `mapping of agent to ${item.type}`,
    inside: { suffix: ".<agent>", reader: item },
    read(tree, place) {
      if (tree.kind !== "mapping") return wrongType(tree, place, "a mapping");
      const { path, problems } = place;
      if (tree.entries.size > max) {
        const message = `${String(tree.entries.size)} are given; at most ${String(max)} are allowed.`;
        problems.error("too-many", tree.at, path, message);
        return undefined;
      }
      const values = new Map<string, Located<T>>();
      for (const [key, entry] of tree.entries) {
        const value = item.read(entry.value, { path: join(path, key), problems });
        if (value !== undefined) values.set(key, { value, at: entry.at });
      }
      return values;
    },
  };
}
