/**
 * `story new|show|export`.
 *
 * @module
 */
import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { CodedError } from "../kernel/errors.ts";
import { initKernel } from "../kernel/init.ts";
import { reasonOf } from "../lighthouse/unknowns.ts";
import type { ParamsOf, ResultOf } from "../peer/rpc/schema.ts";
import type { ParagraphView } from "../peer/rpc/shapes.ts";
import {
  dataOption,
  jsonOption,
  type ReadOptions,
  tokenOption,
  urlOption,
  type WriteOptions,
  wholeNumber,
} from "./options.ts";
import { type CommandContext, jsonLine, printable, writeResult } from "./output.ts";
import { callLighthouse, type Lighthouse } from "./rpc-client.ts";
import { exportStory } from "./story-export.ts";
import { markdownStory, plainStory } from "./story-text.ts";
import { writableLighthouse } from "./token.ts";

type NewOptions = WriteOptions & Omit<ParamsOf<"create_story">, "title">;
interface ShowOptions extends ReadOptions {
  readonly from: number;
  readonly limit?: number;
}
interface ExportOptions extends Pick<ReadOptions, "url"> {
  readonly format: "json" | "md";
  readonly json: boolean;
  readonly out?: string;
}

const PAGE = 500;
/** Blocks between two messages of an export. */
const PROGRESS_EVERY = 1_000;
const MAX_HEIGHT = 2 ** 32 - 1;

/** Paragraphs of the canon from a height on, page by page. */
async function readCanon(
  lighthouse: Lighthouse,
  from: number,
  limit: number,
): Promise<{ readonly paragraphs: readonly ParagraphView[]; readonly total: number }> {
  const paragraphs: ParagraphView[] = [];
  for (;;) {
    const page: ResultOf<"get_canon"> = await callLighthouse(lighthouse, "get_canon", {
      from: from + paragraphs.length,
      limit: Math.min(PAGE, limit - paragraphs.length),
    });
    paragraphs.push(...page.paragraphs);
    const isLast = page.paragraphs.length === 0 || from + paragraphs.length > page.total;
    if (isLast || paragraphs.length >= limit) return { paragraphs, total: page.total };
  }
}

/** Writes a file that is not there yet; rejects with `file-unwritable` {path, reason}. */
async function writeNew(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: "wx" }).catch((error: unknown) => {
    throw new CodedError("file-unwritable", { path, reason: reasonOf(error) });
  });
}

function addNew(story: Command, { output }: CommandContext): void {
  story
    .command("new")
    .description("make a story at a lighthouse, which opens it; print its id and link")
    .argument("<title>")
    .option("--premise <text>", "what it starts from", "")
    .option("--pace-ms <ms>", "time between paragraphs", wholeNumber(2_000, 86_400_000))
    .option("--language <tag>", "language tag (default en)")
    .option("--max-words <number>", "words a paragraph (default 140)", wholeNumber(1, 800))
    .option("--chapter-length <number>", "paragraphs a chapter", wholeNumber(0, 65_535))
    .addOption(
      new Option("--content-rating <name>", "for whom").choices(["everyone", "teen", "mature"]),
    )
    .option("--rules <text>", "rules for writers")
    .addOption(new Option("--network <name>", "live, or an easy test").choices(["live", "test"]))
    .addOption(urlOption())
    .addOption(tokenOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (title: string, options: NewOptions) => {
      const { url: _url, token: _token, data: _data, json, ...fields } = options;
      const lighthouse = await writableLighthouse(options);
      const made = await callLighthouse(lighthouse, "create_story", { title, ...fields });
      writeResult(output, json, made, `${made.story}\n${made.link}`);
    });
}

function addShow(story: Command, { output }: CommandContext): void {
  story
    .command("show")
    .description("print the canon")
    .option("--from <height>", "first paragraph", wholeNumber(1, MAX_HEIGHT), 1)
    .option("--limit <number>", "how many (default: all)", wholeNumber(1, MAX_HEIGHT))
    .addOption(urlOption())
    .addOption(jsonOption())
    .action(async ({ from, limit, json, url }: ShowOptions) => {
      const { story, title, premise } = await callLighthouse({ url }, "get_genesis");
      const { paragraphs, total } = await readCanon({ url }, from, limit ?? MAX_HEIGHT);
      const head = { story, title, premise };
      writeResult(output, json, { ...head, paragraphs, total }, plainStory(head, paragraphs));
    });
}

function addExport(story: Command, { output }: CommandContext): void {
  story
    .command("export")
    .description("print the whole story: as JSON with every block and proof, or as Markdown")
    .addOption(
      new Option("--format <name>", "json (enough to replay the chain) or md")
        .choices(["json", "md"])
        .default("json"),
    )
    .option("--out <file>", "write into a new file")
    .addOption(urlOption())
    .addOption(new Option("--json", "with --out: print what was written as JSON").default(false))
    .action(async ({ url, format, json, out }: ExportOptions) => {
      await initKernel();
      const exported = await exportStory({ url }, (done, total) => {
        if (done % PROGRESS_EVERY === 0) output.message(`${done} of ${total}`);
      });
      const text =
        format === "json"
          ? jsonLine(exported)
          : printable(markdownStory(exported, exported.paragraphs));
      if (out === undefined) {
        output.result(text);
        return;
      }
      await writeNew(out, `${text}\n`);
      const { story: id, height, tip } = exported;
      writeResult(output, json, { story: id, height, tip, file: out }, out);
    });
}

/** Adds the commands. */
export function addStoryCommands(program: Command, context: CommandContext): void {
  const story = program.command("story").description("make, read and export a story");
  addNew(story, context);
  addShow(story, context);
  addExport(story, context);
}
