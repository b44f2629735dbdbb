/**
 * A story as text: plain for a terminal, or Markdown that names the source of each paragraph. Text of
 * strangers is escaped there, so that nobody's paragraph becomes a heading, a link or HTML.
 *
 * @module
 */

/** What is read of a story. */
export interface StoryHead {
  readonly story: string;
  readonly title: string;
  readonly premise: string;
}

/** What is read of a paragraph. */
export interface StoryParagraph {
  readonly height: number;
  readonly block: string;
  readonly author: string;
  readonly chapter: string | null;
  readonly text: string;
  readonly withheld: boolean;
}

const WITHHELD = "[This text is not kept here.]";
/** The first digits of an id, enough to find it again. */
const SHORT_ID = 16;

/** Text that Markdown leaves as it is, line ends included. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<>&|]/g, "\\$&")
    .replace(/^([ \t]*)([#+\-=~])/gm, "$1\\$2")
    .replace(/^([ \t]*\d+)([.)])/gm, "$1\\$2")
    .replace(/\n/g, "  \n");
}

/** The story for a terminal. */
export function plainStory(head: StoryHead, paragraphs: readonly StoryParagraph[]): string {
  const parts = [head.title, head.premise];
  for (const { chapter, text, withheld } of paragraphs) {
    if (chapter !== null) parts.push(`— ${chapter} —`);
    parts.push(withheld ? WITHHELD : text);
  }
  return parts.filter((part) => part !== "").join("\n\n");
}

/** The story as Markdown, with the height, author and block of each paragraph. */
export function markdownStory(head: StoryHead, paragraphs: readonly StoryParagraph[]): string {
  const parts = [`# ${escapeMarkdown(head.title)}`];
  if (head.premise !== "") parts.push(`*${escapeMarkdown(head.premise)}*`);
  for (const paragraph of paragraphs) {
    const { height, block, author, chapter, text, withheld } = paragraph;
    if (chapter !== null) parts.push(`## ${escapeMarkdown(chapter)}`);
    parts.push(withheld ? `*${escapeMarkdown(WITHHELD)}*` : escapeMarkdown(text));
    parts.push(
      `<sub>${height} · author ${author.slice(0, SHORT_ID)} · block ${block.slice(0, SHORT_ID)}</sub>`,
    );
  }
  parts.push("---", `Story ${head.story}`);
  return parts.join("\n\n");
}
