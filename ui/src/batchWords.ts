/** The sentences of plans and batches, of Activity, and of files. */
import type {
  Accepted,
  ActivityFilter,
  ActivityKind,
  ActivityRow,
  BatchItem,
  BatchState,
  BatchView,
  Decision,
  ExportedFile,
  ExportKind,
  ImportPlan,
  ItemResult,
  PlanPart,
  PlanView,
} from "./ipc/generated";
import { span } from "./time";
import { count, decisionWords, number, stateWord } from "./words";

/* ---- plans ----------------------------------------------------------------------------------------- */

/** `Ask first for 50 tools`. */
export const planTitle = (asked: Decision | null, tools: number) =>
  asked ? `${decisionWords[asked].act} for ${count(tools, "tool")}` : `Take back ${count(tools, "decision")}`;

export const planTotal = (plan: PlanView) => plan.parts.reduce((sum, part) => sum + part.count, 0);
export const partCount = (plan: PlanView, part: PlanPart) =>
  plan.parts.find((one) => one.part === part)?.count ?? 0;

/** `37 change`, and what follows it. */
export function partWords(part: PlanPart, n: number, plan: PlanView): [string, string] {
  const are = n === 1 ? "is" : "are";
  const many = number(n);
  switch (part) {
    case "change": {
      const ways = plan.from.map((one) => `${number(one.count)} from ${stateWord(one.state)}`);
      if (plan.only_pins > 0)
        ways.push(`for ${number(plan.only_pins)} only the definition that was decided on, not the decision`);
      return [`${many} ${n === 1 ? "changes" : "change"}`, ways.length > 0 ? `: ${ways.join(", ")}` : ""];
    }
    case "already":
      return [`${many} ${are} so already`, ""];
    case "locked":
      return [
        `${many} ${are} locked by your team`,
        ` and ${n === 1 ? "stays as it is" : "stay as they are"}`,
      ];
    case "ceiling":
      return [`${many} ${are} limited by your team`, ": it allows no more than they have"];
    case "not_yours":
      return [`${many} ${n === 1 ? "belongs" : "belong"} to a colleague’s connection`, ""];
    case "not_addressable":
      return [`${many} cannot be changed here`, ": PostHog has no address for such a name"];
    case "moved":
      return [`${many} changed meanwhile`, ": not the definition that was on screen"];
    case "foreign":
      return [`${many} ${n === 1 ? "was" : "were"} changed by somebody else since`, " and stay so"];
    case "missing":
      return [`${many} ${are} not there any more`, ""];
  }
}

/** Parts in the order they are told: what would happen first, then what would not. */
export const partsInOrder = ({ parts }: PlanView) => [
  ...parts.filter(({ part }) => part === "change"),
  ...parts.filter(({ part }) => part !== "change"),
];

export const looserWords = (n: number) =>
  `${number(n)} of these ${n === 1 ? "becomes" : "become"} less strict than now: agents may do more with ${n === 1 ? "it" : "them"}.`;
export const looserQuestion = (n: number) =>
  `Really make ${count(n, "tool")} less strict? Agents may use ${n === 1 ? "it" : "them"} at once.`;

/** Choices that stay where there was none before, by what ruled there then (contract 4.2). */
export const keepsWords = ({ keeps_over_team, keeps_over_default }: PlanView): string[] =>
  [
    { n: keeps_over_team, ruled: "a preset or your team ruled before" },
    { n: keeps_over_default, ruled: "only PostHog’s default ruled before" },
  ]
    .filter(({ n }) => n > 0)
    .map(
      ({ n, ruled }) =>
        `${count(n, "tool")} ${n === 1 ? "keeps a choice of its own" : "keep choices of their own"} where ${ruled}: PostHog has no way back to that.`,
    );

export const takesWords = (seconds: number) =>
  seconds > 0
    ? `This takes about ${span(seconds)} under PostHog’s limits.`
    : "Nothing is sent to PostHog for this.";

/* ---- batches --------------------------------------------------------------------------------------- */

export const resultOf = ({ results }: BatchView, result: ItemResult) =>
  results.find((one) => one.result === result)?.count ?? 0;

/** Tools that PostHog has answered for. */
export const answeredOf = (batch: BatchView) => doneOf(batch) - resultOf(batch, "skipped");

/** Tools with which nothing more is to be done, and of which it is known how they stand. */
export const doneOf = (batch: BatchView) =>
  batch.total - resultOf(batch, "waiting") - resultOf(batch, "sent") - resultOf(batch, "unknown");

export const resultWords: Record<ItemResult, (n: number) => string> = {
  waiting: () => "not sent yet",
  sent: () => "on the way to PostHog",
  as_asked: () => "as asked",
  kept_otherwise: () => "kept otherwise by PostHog",
  definition_changed: (n) =>
    `taken, but ${n === 1 ? "its definition is" : "their definitions are"} another: not pinned`,
  refused: () => "refused by PostHog",
  unknown: (n) => `without an answer: not known how ${n === 1 ? "it stands" : "they stand"}`,
  skipped: () => "not sent",
};

/** Results in the order they are told: what wants a look first. */
export const resultOrder: ItemResult[] = [
  "refused",
  "unknown",
  "definition_changed",
  "kept_otherwise",
  "skipped",
  "as_asked",
  "sent",
  "waiting",
];

export const stateWords: Record<BatchState, string> = {
  running: "Running",
  paused: "Paused",
  stopped: "Stopped",
  interrupted: "Interrupted",
  done: "Done",
};

/** What a batch is, in few words. */
export function batchTitle({ kind, asked, total }: BatchView): string {
  const tools = count(total, "tool");
  switch (kind) {
    case "decide":
      return asked ? `${decisionWords[asked].act} for ${tools}` : `Decisions for ${tools}`;
    case "undo":
      return `Take back ${count(total, "decision")}`;
    case "import":
      return `Policy for ${tools}`;
    case "automatic":
      return `Set back to Ask first: ${tools}`;
    case "accept":
      return `Accepted: ${tools}`;
  }
}

/** Where it stands, below its bar. */
export function progressWords(batch: BatchView, now: number): string {
  const done = `${number(answeredOf(batch))} of ${number(batch.total)} done, each as PostHog answered it`;
  if (batch.state === "running" && batch.resumes_ms !== null && batch.resumes_ms > now)
    return `${done} · held by PostHog’s limit for ${span(Math.ceil((batch.resumes_ms - now) / 1000))}`;
  if (batch.state === "running" && doneOf(batch) === batch.total) return `${done} · reading it back`;
  if (batch.state === "running") return `${done} · about ${span(batch.seconds_left)} left`;
  return `${done} · ${stateWords[batch.state].toLowerCase()}`;
}

/** What came of it, worst first. */
export const endWords = (batch: BatchView) =>
  resultOrder
    .filter((result) => resultOf(batch, result) > 0)
    .map((result) => `${number(resultOf(batch, result))} ${resultWords[result](resultOf(batch, result))}`)
    .join(", ");

/** One line for the rail. */
export const chipWords = (batch: BatchView) =>
  batch.state === "running"
    ? `${number(answeredOf(batch))} of ${number(batch.total)} decided`
    : `${stateWords[batch.state]}: ${number(answeredOf(batch))} of ${number(batch.total)}`;

export const interruptedWords =
  "It was interrupted in the middle. What was done stays until you take it back; the rest was not sent.";

/** `Allowed → Blocked`; one word where nothing moves. */
export function itemWords({ before, asked, answered, result }: BatchItem): string {
  const open = result === "waiting" || result === "sent" || answered === "";
  const to = open ? asked : answered;
  const way = to === before ? stateWord(before) : `${stateWord(before)} → ${stateWord(to)}`;
  return to === asked ? way : `${way}, asked: ${stateWord(asked)}`;
}

/* ---- single steps ---------------------------------------------------------------------------------- */

export function acceptedWords({ done, moved }: Accepted, label: string): string {
  const left = moved > 0 ? ` ${count(moved, "tool")} changed meanwhile and stay in Review.` : "";
  if (done === 0) return `Nothing was accepted.${left}`;
  return done === 1
    ? `${label}: accepted as it is.${left}`
    : `${count(done, "tool")} accepted as they are.${left}`;
}

export const laterWords = (label: string, later: boolean) =>
  later ? `${label}: put off. A further change brings it back.` : `${label}: back in its place.`;

export const takenBackWords = "Taken back.";

/* ---- Activity -------------------------------------------------------------------------------------- */

export const activityWords: Record<ActivityKind, string> = {
  decided: "Decided",
  accepted: "Accepted as it is",
  baseline: "Accepted as baseline",
  imported: "From a file",
  undone: "Taken back",
  automatic: "Set back by Hedgerow",
  changed: "Change noticed",
  changed_back: "Changed back",
  new: "New tool",
  removed: "Removed",
  returned: "Came back",
  first_contact: "First seen",
  login_broken: "Login found broken",
  login_works: "Login works again",
  read_failed: "Could not be read",
  server_gone: "Server gone",
  link_came: "Callback link came",
};

export const activityFilters: Record<ActivityFilter, string> = {
  all: "All",
  decisions: "Decisions",
  tools: "Tools",
  connections: "Connections",
};

/** What was asked and what came of it; empty for what is no decision. */
export function resultLine(row: Pick<ActivityRow, "before" | "asked" | "answered" | "result">): string {
  if (row.asked === "") return "";
  const asked = stateWord(row.asked);
  const from = row.before && row.before !== row.asked ? `${stateWord(row.before)} → ${asked}` : asked;
  switch (row.result) {
    case "":
    case "as_asked":
      return from;
    case "open":
      return `${from} · not answered yet`;
    case "kept_otherwise":
      return `${from} · PostHog keeps ${stateWord(row.answered)}`;
    case "definition_changed":
      return `${from} · another definition: not pinned`;
    case "refused":
      return `${from} · refused`;
    case "unknown":
      return `${from} · no answer`;
    default:
      return `${from} · ${row.result}`;
  }
}

/* ---- files ----------------------------------------------------------------------------------------- */

const inFile: Record<ExportKind, [string, string?]> = {
  activity_json: ["line"],
  activity_csv: ["line"],
  policy: ["tool"],
  backup: ["pin"],
};

export const exportedWords = (kind: ExportKind, file: ExportedFile) => ({
  title: `Written: ${file.name}`,
  text: `In ${file.folder}, with ${count(file.count, inFile[kind][0])}.`,
});

export const importTitle = (plan: ImportPlan | null) =>
  plan === null
    ? "What this file would do"
    : plan.kind === "policy"
      ? "What this policy would do"
      : "What this backup would bring back";

/** What a file would do, each fact with the names it is about. */
export function importFacts(plan: ImportPlan): { words: string; names: string[] }[] {
  const facts = [
    { n: plan.unknown_servers.length, one: "server", is: "not in this project", names: plan.unknown_servers },
    {
      n: plan.unknown_tools.length,
      one: "tool",
      is: plan.unknown_tools.length === 1 ? "not offered by its server" : "not offered by their servers",
      names: plan.unknown_tools,
    },
    {
      n: plan.other_definitions.length,
      one: "tool",
      is: "of another definition here: not pinned",
      names: plan.other_definitions,
    },
  ]
    .filter(({ n }) => n > 0)
    .map(({ n, one, is, names }) => ({ words: `${count(n, one)} ${n === 1 ? "is" : "are"} ${is}.`, names }));
  const changing = plan.plan ? partCount(plan.plan, "change") : 0;
  const first =
    plan.kind === "policy"
      ? `${count(changing, "tool")} would change. Nothing has been sent.`
      : `${count(plan.new_pins, "pin")} would be added; ${count(plan.kept_pins, "newer pin")} here ${plan.kept_pins === 1 ? "stays" : "stay"}. Nothing has been changed.`;
  const noticed = `${count(plan.new_events, "line")} of Activity and ${count(plan.new_batches, "step")} of many decisions would be added.`;
  const beside = plan.kind === "backup" ? [noticed, backupBeside].map((words) => ({ words, names: [] })) : [];
  return [{ words: first, names: [] }, ...beside, ...facts];
}

/** A backup is worth taking over even where every pin is here already. */
const backupBeside =
  "It also adds, where it is not here yet: what was seen and done, what was put off, and which findings you know.";

export const backupWords = ({ done }: Accepted) =>
  done === 0
    ? "The backup was taken over. It had no new pin."
    : `The backup was taken over, with ${count(done, "new pin")}.`;
