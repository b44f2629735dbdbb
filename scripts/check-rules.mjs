/**
 * @module Holds docs/PROTOCOL.md and the tests together: each rule there must be cited by the title
 * of at least one test.
 *
 * Conventions:
 * - a rule is a list item that starts with its id: `- ENC-1 Everything hashed …`;
 * - a test cites rules in its title: `it("[ENC-2] rejects trailing bytes", …)`, `[HDR-1, HDR-2]`;
 *   skipped and todo tests cite nothing; a title that cites an unknown rule is an error;
 * - `[planned: issue 3]` anywhere in a rule's item exempts it until CHANGELOG.md contains
 *   `<!-- resolved: issue 3 -->`; from then on the mark itself is an error.
 *
 * Usage: node scripts/check-rules.mjs
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const RULE_ID = "[A-Z]{2,5}-\\d+[a-z]?";
const RULE_LINE = new RegExp(`^[-*] +(?:\\*\\*|\`)?(${RULE_ID})(?:\\*\\*|\`)?[ .:]`);
const PLANNED = /\[planned:([^\]]*)\]/g;
const TEST_CALL =
  /\b(?:it|test|describe)((?:\.\w+)*)\s*(?:\((?:[^()"'`]|\([^()]*\))*\)\s*)?\(\s*(["'`])((?:\\.|(?!\2)[\s\S])*)\2/g;
const CITATION = new RegExp(`\\[(${RULE_ID}(?:[,\\s]+${RULE_ID})*)\\]`, "g");

/** Rules of a protocol document: `[{id, planned: number[], line}]`, and what is wrong with their form. */
export function parseRules(markdown) {
  const rules = [];
  const problems = [];
  let current;
  for (const [index, line] of markdown.split("\n").entries()) {
    const id = RULE_LINE.exec(line)?.[1];
    if (id) {
      if (rules.some((rule) => rule.id === id)) problems.push(`${id} is defined twice`);
      current = { id, planned: [], line: index + 1 };
      rules.push(current);
    } else if (/^(#|[-*] |\s*$)/.test(line)) {
      current = undefined;
    }
    for (const [mark, what] of line.matchAll(PLANNED)) {
      const issue = /^ *issue (\d+) *$/.exec(what)?.[1];
      if (!issue) problems.push(`line ${index + 1}: write [planned: issue N], not ${mark}`);
      else if (current) current.planned.push(Number(issue));
    }
  }
  return { rules, problems };
}

/** Numbers of the issues that a changelog marks as resolved. */
export function parseResolved(changelog) {
  return [...changelog.matchAll(/<!-- resolved: issue (\d+) -->/g)].map(([, n]) => Number(n));
}

/** Rule ids cited by the titles of a test file's tests that run. */
export function parseCitations(source) {
  const cited = new Set();
  for (const [, modifiers, , title] of source.matchAll(TEST_CALL)) {
    if (/\.(skip|todo|fixme)\b/.test(modifiers)) continue;
    for (const [, ids] of title.matchAll(CITATION)) {
      for (const id of ids.split(/[,\s]+/)) cited.add(id);
    }
  }
  return cited;
}

/** Judges everything at once: `{problems, planned, cited}`; no problems means that the check passes. */
export function judge({ protocol, changelog, tests }) {
  const { rules, problems } = parseRules(protocol);
  if (rules.length === 0) problems.push("docs/PROTOCOL.md defines no rules");
  const resolved = new Set(parseResolved(changelog));
  const known = new Set(rules.map(({ id }) => id));
  const cited = new Set();
  for (const { path, source } of tests) {
    for (const id of parseCitations(source)) {
      if (!known.has(id))
        problems.push(`${path} cites ${id}, which docs/PROTOCOL.md does not define`);
      cited.add(id);
    }
  }
  const planned = [];
  for (const { id, planned: issues, line } of rules) {
    for (const issue of issues.filter((number) => resolved.has(number))) {
      problems.push(
        `${id} (line ${line}) is still planned for issue ${String(issue)}, which is resolved`,
      );
    }
    if (issues.length > 0)
      planned.push(`${id} (issue ${Array.from(new Set(issues), String).join(", ")})`);
    else if (!cited.has(id)) problems.push(`${id} (line ${line}) is cited by no test`);
  }
  return { problems, planned, cited: rules.filter(({ id }) => cited.has(id)).length };
}

/** Caps that `docs/LIMITS.md` does not name: `limits` are `{path, source}` of the `limits.ts` files. */
export function missingLimits(document, limits) {
  return limits.flatMap(({ path, source }) =>
    [...source.matchAll(/^export const ([A-Z][A-Z0-9_]+)\b/gm)]
      .map(([, name]) => name)
      .filter((name) => !document.includes(`\`${name}\``) && !document.includes(`\`${name}.`))
      .map((name) => `${path}: ${name} is not in docs/LIMITS.md`),
  );
}

function limitFiles(root) {
  return readdirSync(join(root, "src"))
    .map((folder) => join("src", folder, "limits.ts"))
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({ path, source: readFileSync(join(root, path), "utf8") }));
}

function testFiles(root) {
  const isTest = (path) =>
    /\.test\.tsx?$/.test(path) || /(^|\/)e2e\/.*\.(spec|test)\.ts$/.test(path);
  return ["src", "workers", "e2e"]
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true }).map((path) =>
        join(folder, String(path)),
      ),
    )
    .filter(isTest)
    .map((path) => ({ path, source: readFileSync(join(root, path), "utf8") }));
}

function main() {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const read = (path) =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "";
  const { problems, planned, cited } = judge({
    protocol: read("docs/PROTOCOL.md"),
    changelog: read("CHANGELOG.md"),
    tests: testFiles(root),
  });
  problems.push(...missingLimits(read("docs/LIMITS.md"), limitFiles(root)));
  process.stdout.write(`${cited} rules are cited by tests\n`);
  if (planned.length > 0) process.stdout.write(`planned: ${planned.join(", ")}\n`);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return problems.length === 0 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = main();
}
