/**
 * What can be done in the lab. All computing is the worker's; here texts go in and runs come out.
 *
 * @module
 */
import type { Experiment } from "../../../lab/experiments/experiment.ts";
import { createLabClient, type LabClient, type LabThread } from "../../../lab/host/lab-client.ts";
import type {
  AskedWork,
  ReportFormat,
  RunRequest,
  TraceRequest,
} from "../../../lab/host/protocol.ts";
import type { TraceReplay } from "../../../lab/live/trace-scenario.ts";
import { BLOCKS_MAX, SEED_MAX } from "../../../lab/scenario/limits.ts";
import { scenarioFromFragment } from "../../../lab/scenario/scenario-link.ts";
import type { SchemaHelp } from "../../../lab/scenario/schema-help.ts";
import type { Comparison } from "../../../lab/statistics/compare-runs.ts";
import type { SweepAxis } from "../../../lab/sweep/expand-sweep.ts";
import type { SweepResult } from "../../../lab/sweep/sweep-result.ts";
import { errorCode } from "../../messages.ts";
import { keepLabDraft, readLabDraft } from "../../stores/lab-draft.ts";
import { failureText } from "./failures.ts";
import {
  type LabState,
  type LiveStretch,
  patchRun,
  type ShownRun,
  type Study,
  shownRun,
  useLab,
  wholeNumber,
} from "./lab-store.ts";
import { LAB } from "./strings.ts";

const READ_AFTER_MS = 250;
const KEEP_AFTER_MS = 500;

/** What the view calls. */
export interface LabSession {
  /** Reads what the editor holds, soon. */
  read(text: string, strict: boolean): void;
  runText(): Promise<void>;
  runExperiment(experiment: Experiment): Promise<void>;
  /** The scenario under every difficulty rule. */
  runRules(): Promise<void>;
  /** The scenario at many points. */
  runSweep(axes: readonly SweepAxis[]): Promise<void>;
  cancel(): void;
  /** `run` as in `ShownRun.report`. */
  report(run: number, format: ReportFormat): Promise<string>;
  sweepReport(yaml: string, result: SweepResult, format: ReportFormat): Promise<string>;
  compare(a: ShownRun, b: ShownRun): Promise<Comparison>;
  /** A stretch of the live chain as a scenario of its finds. */
  trace(request: TraceRequest): Promise<TraceReplay>;
  /** What each difficulty rule asks of the finds of a traced scenario. */
  askedWork(yaml: string): Promise<readonly AskedWork[]>;
  help(): Promise<readonly SchemaHelp[]>;
}

type Options = Omit<RunRequest, "yaml">;

/** An experiment is run as it is written: its answer quotes that. */
const AS_WRITTEN: Options = { seed: null, blocks: null, strict: false };

/** What a new run is about. */
interface Asked extends Pick<ShownRun, "yaml" | "experiment" | "stretch"> {
  readonly options: Options;
}

let session: LabSession | null = null;
let nextNumber = 1;

/** The session of this page; `spawn` is used when the worker is first needed. */
export function labSession(spawn: () => LabThread): LabSession {
  session ??= createSession(spawn);
  return session;
}

/** What is typed beside the text in place of what the text says; NaN where it is no such number. */
export function typedOptions({
  seed,
  blocks,
  strict,
}: Pick<LabState, "seed" | "blocks" | "strict">): Options {
  const blockNumber = wholeNumber(blocks, BLOCKS_MAX);
  return {
    strict,
    seed: wholeNumber(seed, SEED_MAX),
    blocks: blockNumber === 0 ? Number.NaN : blockNumber,
  };
}

function createSession(spawn: () => LabThread): LabSession {
  const client: LabClient = createLabClient(spawn, {
    progress(progress) {
      useLab.setState(({ running }) =>
        running === null ? {} : { running: { ...running, progress } },
      );
    },
    snapshot(view) {
      const { runs } = useLab.getState();
      const under = runs.find(({ state }) => state === "running");
      if (under !== undefined) patchRun(under.number, { view });
    },
  });
  let readTimer: ReturnType<typeof setTimeout> | undefined;

  async function readNow(text: string, strict: boolean): Promise<void> {
    try {
      const { problems, outline } = await client.call("validate", { yaml: text, strict });
      // Something newer was typed meanwhile, and is read next.
      if (useLab.getState().text === text) useLab.setState({ problems, outline, readText: text });
    } catch (error) {
      useLab.setState({ problems: [], outline: null, readText: text, failure: failureText(error) });
    }
  }

  async function runOne({ options, ...asked }: Asked): Promise<boolean> {
    const number = nextNumber++;
    const run: ShownRun = {
      ...asked,
      number,
      view: null,
      summaries: [],
      report: null,
      state: "running",
    };
    useLab.setState(({ runs }) => ({ runs: [...runs, run], shown: number }));
    try {
      const ended = await client.call("run", { yaml: asked.yaml, ...options });
      const { view, summaries } = ended;
      patchRun(number, { view, summaries, report: ended.run, state: "done" });
      return true;
    } catch (error) {
      patchRun(number, { state: errorCode(error) === "cancelled" ? "cancelled" : "failed" });
      useLab.setState({ failure: failureText(error) });
      return false;
    }
  }

  /** The newest finished run becomes the one to compare with, unless one was chosen. */
  function beginRuns(steps: number): void {
    useLab.setState((state) => {
      const last = shownRun(state);
      const before = state.isBeforeChosen || last?.state !== "done" ? state.before : last;
      return {
        before,
        runs: [],
        shown: null,
        study: null,
        failure: null,
        running: { progress: null, step: 1, steps },
      };
    });
  }

  async function runAll(all: readonly Asked[]): Promise<void> {
    if (useLab.getState().running !== null) return;
    beginRuns(all.length);
    for (const [index, asked] of all.entries()) {
      useLab.setState({ running: { progress: null, step: index + 1, steps: all.length } });
      if (!(await runOne(asked))) break;
    }
    useLab.setState(({ runs }) => ({ running: null, shown: runs[0]?.number ?? null }));
  }

  /** What stands in the editor, as a request; a study takes the place of the runs on screen. */
  async function runStudy(ask: (request: RunRequest) => Promise<Study>): Promise<void> {
    const state = useLab.getState();
    if (state.running !== null) return;
    beginRuns(1);
    try {
      useLab.setState({ study: await ask({ yaml: state.text, ...typedOptions(state) }) });
    } catch (error) {
      const failure = errorCode(error) === "cancelled" ? LAB.studyCancelled : failureText(error);
      useLab.setState({ failure });
    }
    useLab.setState({ running: null });
  }

  return {
    read(text, strict) {
      clearTimeout(readTimer);
      readTimer = setTimeout(() => void readNow(text, strict), READ_AFTER_MS);
    },
    async runText() {
      const state = useLab.getState();
      const { text: yaml, stretch } = state;
      const replayed = stretch !== null && stretch.yaml === yaml ? stretch : null;
      const options = typedOptions(state);
      await runAll([{ yaml, options, experiment: null, stretch: replayed }]);
    },
    async runExperiment({ id, variants }) {
      await runAll(
        variants.map((variant) => ({
          yaml: variant.yaml,
          options: AS_WRITTEN,
          experiment: { id, variant: variant.id },
          stretch: null,
        })),
      );
    },
    runRules: () =>
      runStudy(async (request) => ({
        kind: "rules",
        result: await client.call("rules", request),
      })),
    runSweep: (axes) =>
      runStudy(async (request) => ({
        kind: "sweep",
        yaml: request.yaml,
        result: await client.call("sweep", { ...request, axes }),
      })),
    cancel: () => client.notify("cancel", null),
    report: (run, format) => client.call("report", { run, format }),
    sweepReport: (yaml, result, format) => client.call("sweepReport", { yaml, result, format }),
    compare: (a, b) => client.call("compare", { a: a.summaries, b: b.summaries }),
    trace: (request) => client.call("trace", request),
    askedWork: (yaml) => client.call("askedWork", { yaml, ...AS_WRITTEN }),
    help: () => client.call("help", null),
  };
}

let keepTimer: ReturnType<typeof setTimeout> | undefined;

function keepSoon(): void {
  clearTimeout(keepTimer);
  keepTimer = setTimeout(() => {
    const { text, aside, link } = useLab.getState();
    keepLabDraft({ text, aside, link });
  }, KEEP_AFTER_MS);
}

/** The person typed. */
export function typeScenario(text: string): void {
  useLab.setState({ text });
  keepSoon();
}

/** Where a text comes from that is opened over the present one. */
export interface Opening {
  readonly experiment?: string;
  readonly stretch?: LiveStretch;
  readonly link?: string;
}

/** Opens a text; what was typed before is put aside, never lost. */
export function openScenario(text: string, from: Opening = {}): void {
  useLab.setState((state) => ({
    text,
    opened: text,
    aside: state.text === state.opened ? state.aside : state.text,
    experiment: from.experiment ?? null,
    stretch: from.stretch ?? null,
    link: from.link ?? state.link,
    failure: null,
  }));
  keepSoon();
}

/** Changes places with what was put aside. */
export function takeBackAside(): void {
  useLab.setState(({ aside, text, opened }) =>
    aside === null
      ? {}
      : { text: aside, opened: "", aside: text === opened ? null : text, experiment: null },
  );
  keepSoon();
}

let isRestored = false;

/** Brings back what was left, once for each page. */
export function restoreScenario(): void {
  if (isRestored) return;
  isRestored = true;
  const kept = readLabDraft();
  if (kept !== null) useLab.setState(kept);
}

/** Opens the scenario of a link, unless it was opened already and is being worked on; what is wrong with the link, or null. Runs nothing. */
export async function openLink(fragment: string): Promise<string | null> {
  if (useLab.getState().link === fragment) return null;
  try {
    openScenario(await scenarioFromFragment(fragment), { link: fragment });
    return null;
  } catch (error) {
    return failureText(error);
  }
}
