/**
 * Routes live in the hash, so that the site works under any sub-path of a static host. A story link
 * may carry a query inside the hash (genesis and ways in); the peer reads that, the app only keeps
 * it whole.
 *
 * @module
 */

/** Pages of the explorer. */
export type ExplorerPage = "home" | "block" | "tx" | "address" | "handle";

/** What the hash asks for. */
export type Route =
  | {
      readonly view: "story";
      readonly story: string | null;
      readonly block: string | null;
      /** True when genesis or ways in travel in the link. */
      readonly invite: boolean;
    }
  | { readonly view: "apocrypha" | "codex" | "network" | "wallet" | "start" | "settings" }
  | {
      readonly view: "explorer";
      /** What is looked at; `home` is the strip, the mempool and the supply. */
      readonly page: ExplorerPage;
      /** Block id, txid, address or handle; empty at home. */
      readonly id: string;
    }
  | {
      readonly view: "lab";
      /** Payload of a scenario link; null without one. */
      readonly scenario: string | null;
    }
  | { readonly view: "unknown"; readonly path: string };

const HEX_32 = /^[0-9a-f]{64}$/;
const HANDLE = /^[a-z0-9_]{1,40}$/;
const PLAIN = new Set(["apocrypha", "codex", "network", "wallet", "start", "settings"] as const);
type PlainView = typeof PLAIN extends Set<infer V> ? V : never;
const isPlain = (name: string): name is PlainView => (PLAIN as ReadonlySet<string>).has(name);

function explorerRoute([, page, id, ...rest]: readonly string[]): Route | null {
  if (page === undefined) return { view: "explorer", page: "home", id: "" };
  if (id === undefined || rest.length > 0) return null;
  if (page === "handle" && HANDLE.test(id)) return { view: "explorer", page, id };
  const known = page === "block" || page === "tx" || page === "address";
  return known && HEX_32.test(id) ? { view: "explorer", page, id } : null;
}

/** The payload of `s=…`; whether it can be read is found out where it is opened. */
function labRoute(query: string | undefined): Route {
  const scenario = new URLSearchParams(query ?? "").get("s");
  return { view: "lab", scenario: scenario === "" ? null : scenario };
}

/** Reads a hash path such as `/s/<story>/b/<block>?g=…`. */
export function parseRoute(path: string): Route {
  const [place = "", query] = path.split("?", 2);
  const parts = place.split("/").filter((part) => part !== "");
  const [first, story, mark, block] = parts;
  if (first === undefined) return { view: "story", story: null, block: null, invite: false };
  if (parts.length === 1 && isPlain(first)) return { view: first };
  if (parts.length === 1 && first === "lab") return labRoute(query);
  if (first === "explorer") return explorerRoute(parts) ?? { view: "unknown", path: place };
  if (first === "s" && story !== undefined && HEX_32.test(story)) {
    const invite = query !== undefined && query !== "";
    if (parts.length === 2) return { view: "story", story, block: null, invite };
    if (parts.length === 4 && mark === "b" && block !== undefined && HEX_32.test(block)) {
      return { view: "story", story, block, invite };
    }
  }
  return { view: "unknown", path: place };
}

/** The hash of a story, or of one of its paragraphs. */
export function storyHref(story: string, block?: string): string {
  return block === undefined ? `#/s/${story}` : `#/s/${story}/b/${block}`;
}

/** The hash of a page of the explorer. */
export function explorerHref(page: Exclude<ExplorerPage, "home">, id: string): string {
  return `#/explorer/${page}/${id}`;
}

/** The hash of a scenario in the lab. */
export function labHref(fragment: string): string {
  return `#/lab?s=${fragment}`;
}
