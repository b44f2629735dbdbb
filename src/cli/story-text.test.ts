import { expect, test } from "vitest";
import { jsonLine, printable } from "./output.ts";
import { escapeMarkdown, markdownStory, plainStory } from "./story-text.ts";

const head = { story: "ab".repeat(32), title: "Dunes", premise: "A *dry* sea." };
const paragraph = (text: string, chapter: string | null = null) => ({
  height: 1,
  block: "cd".repeat(32),
  author: "ef".repeat(32),
  chapter,
  text,
  withheld: false,
});

test("a story for a terminal has title, premise, chapters and paragraphs, and nothing else", () => {
  const paragraphs = [paragraph("One."), { ...paragraph("", "Night"), withheld: true }];
  expect(plainStory(head, paragraphs)).toBe(
    "Dunes\n\nA *dry* sea.\n\nOne.\n\n— Night —\n\n[This text is not kept here.]",
  );
});

test("Markdown says where each paragraph stands", () => {
  expect(markdownStory(head, [paragraph("One.", "Dawn")]).split("\n\n")).toEqual([
    "# Dunes",
    "*A \\*dry\\* sea.*",
    "## Dawn",
    "One.",
    "<sub>1 · author efefefefefefefef · block cdcdcdcdcdcdcdcd</sub>",
    "---",
    `Story ${head.story}`,
  ]);
});

test.each([
  ["# no heading", "\\# no heading"],
  ["1984. It rained", "1984\\. It rained"],
  ["- no list\n+ none", "\\- no list  \n\\+ none"],
  ["<script>[x](y)</script>", "\\<script\\>\\[x\\](y)\\</script\\>"],
  ["a `b` &amp; _c_", "a \\`b\\` \\&amp; \\_c\\_"],
])("%j is only text in Markdown", (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped);
});

test("nothing that a terminal obeys gets out, as text or as JSON", () => {
  const text = "a\u001b[2Jb\u009b1mc\td\r\ne\u{1f30a}é";
  expect(printable(text)).toBe("a\ufffd[2Jb\ufffd1mc\ufffdd\ufffd\ne\u{1f30a}é");
  expect(jsonLine(text)).toBe('"a\\u001b[2Jb\\u009b1mc\\td\\r\\ne\u{1f30a}é"');
  expect(JSON.parse(jsonLine(text))).toBe(text);
});
