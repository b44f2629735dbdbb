/**
 * `/docs/rpc`: the OpenRPC document as one page for people. Plain HTML with its style inside and no
 * script, so that the site's strict policy holds for it too.
 *
 * @module
 */
import { EVENT_NAMES } from "../peer/rpc/events.ts";
import { METHOD_SCHEMAS } from "../peer/rpc/methods-schema.ts";
import { openRpcDocument } from "../peer/rpc/openrpc.ts";
import { isMethodName } from "../peer/rpc/schema.ts";
import { RPC_CODE } from "./json-rpc.ts";
import { schemaText } from "./schema-text.ts";
import { fieldOf } from "./unknowns.ts";

/** Path of the page. */
export const RPC_PAGE_PATH = "/docs/rpc";

const STYLE = `
:root { color-scheme: light dark; --ink: #22201c; --paper: #faf7f0; --soft: #6b645a; --line: #ddd5c6; --mark: #8a4b2a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e3d7; --paper: #1a1815; --soft: #a79f92; --line: #38332c; --mark: #dc9a75; } }
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 46rem; color: var(--ink); background: var(--paper); font: 1rem/1.6 system-ui, sans-serif; }
h1 { font: 600 2rem/1.2 Georgia, serif; margin: 0 0 .5rem; }
h2 { margin: 3rem 0 .5rem; font-size: 1.15rem; }
h3 { margin: 2.5rem 0 .25rem; padding-top: 1rem; border-top: 1px solid var(--line); font: 600 1rem/1.4 ui-monospace, monospace; }
h3 small { margin-left: .5rem; color: var(--mark); font: .8rem/1 system-ui, sans-serif; }
p { margin: .5rem 0; }
pre, code { font: .85rem/1.5 ui-monospace, monospace; }
pre { margin: .25rem 0 .75rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .4rem; overflow-x: auto; }
dt { color: var(--soft); font-size: .85rem; } dd { margin: 0; }
nav ul { margin: 0; padding: 0; list-style: none; columns: 12rem; font: .85rem/1.9 ui-monospace, monospace; }
table { border-collapse: collapse; } td, th { padding: .25rem 1rem .25rem 0; text-align: left; vertical-align: top; }
a { color: inherit; }
`;

const ERRORS: readonly (readonly [code: number, meaning: string])[] = [
  [RPC_CODE.parse, "not JSON"],
  [RPC_CODE.request, "not a request; an empty or too large batch"],
  [RPC_CODE.method, "no such method here"],
  [RPC_CODE.params, "parameters that the schema refuses: path, problem"],
  [RPC_CODE.internal, "a fault of ours"],
  [RPC_CODE.refused, "the method refused: data.code says why"],
  [RPC_CODE.token, "a write without the token"],
  [RPC_CODE.rate, "too many calls"],
];

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Text in which `…` marks code. */
function prose(text: string): string {
  return escaped(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}

function marksOf(name: string): string {
  if (!isMethodName(name)) return "";
  const { surface, write } = METHOD_SCHEMAS[name];
  if (surface === "page") return "<small>only in a page</small>";
  return write ? "<small>needs the token</small>" : "";
}

function methodSection(method: unknown): string {
  const name = String(fieldOf(method, "name"));
  const params = fieldOf(method, "params");
  const [first]: readonly unknown[] = Array.isArray(params) ? params : [];
  const result = fieldOf(fieldOf(method, "result"), "schema");
  return `<section aria-labelledby="${escaped(name)}">
<h3 id="${escaped(name)}">${escaped(name)}${marksOf(name)}</h3>
<p>${prose(String(fieldOf(method, "description")))}</p>
<dl><dt>Parameters</dt><dd><pre>${escaped(schemaText(fieldOf(first, "schema")))}</pre></dd>
<dt>Result</dt><dd><pre>${escaped(schemaText(result))}</pre></dd></dl>
</section>`;
}

/** The page for a version of the program, called at the address `origin` (`http://…`). */
export function rpcPage(version: string, origin: string): string {
  const document = openRpcDocument(version);
  const listed = fieldOf(document, "methods");
  const methods: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const names = methods.map((method) => escaped(String(fieldOf(method, "name"))));
  const call = `curl -s ${origin}/rpc -H 'Content-Type: application/json' \\
  -d '{"jsonrpc":"2.0","id":1,"method":"get_tip"}'`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fabula: methods</title><style>${STYLE}</style></head>
<body>
<h1>Methods of this lighthouse</h1>
<p>JSON-RPC 2.0 over <code>POST /rpc</code> and over WebSocket at <code>/ws</code>, version ${escaped(version)}. The same as a document for programs: <a href="/openrpc.json">openrpc.json</a> (OpenRPC; also by <code>rpc.discover</code>).</p>
<pre>${escaped(call)}</pre>
<p>An <code>id</code> has 64 lower-case hex digits: a block, a transaction, an address. A <code>decimal</code> is a string: an amount in micro-units (1 token = 1,000,000) or work. Times are milliseconds since the Unix epoch. Parameters go by name, in one object.</p>
<p>Methods that write need the header <code>Authorization: Bearer …</code> with the token that the lighthouse prints at its start; it stands in the data folder, file <code>rpc-token</code>. Over WebSocket, <code>subscribe</code> sends events: ${EVENT_NAMES.map((name) => `<code>${escaped(name)}</code>`).join(", ")}.</p>
<nav aria-label="Methods"><h2>Contents</h2><ul>${names.map((name) => `<li><a href="#${name}">${name}</a></li>`).join("")}</ul></nav>
<main>
<h2>Methods</h2>
${methods.map(methodSection).join("\n")}
<h2 id="errors">Errors</h2>
<table><thead><tr><th>code</th><th>meaning</th></tr></thead><tbody>
${ERRORS.map(([code, meaning]) => `<tr><td><code>${code}</code></td><td>${escaped(meaning)}</td></tr>`).join("\n")}
</tbody></table>
</main>
</body>
</html>
`;
}
