/** Sentences about decisions and tools, and how numbers are written. Sentence case, plain words, as in every `*Words.ts`. */
import type {
  Claims,
  Counts,
  Decision,
  DecisionOutcome,
  Fixed,
  HistoryKind,
  HistoryView,
  ToolFilter,
} from "./ipc/generated";
import { day } from "./time";

const numbers = new Intl.NumberFormat("en-GB");

/** `1284` as `1,284`. */
export const number = (n: number) => numbers.format(n);

/** `1 tool`, `12 tools`. */
export const count = (n: number, one: string, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;

/* ---- decisions ---------------------------------------------------------------------------------- */

/** A decision as a state (`is`) and as something to do (`act`). */
export const decisionWords: Record<Decision, { is: string; act: string }> = {
  approved: { is: "Allowed", act: "Allow" },
  needs_approval: { is: "Ask first", act: "Ask first" },
  do_not_use: { is: "Blocked", act: "Block" },
};

/** Loosest first. */
export const decisions: readonly Decision[] = ["approved", "needs_approval", "do_not_use"];

export const isDecision = (word: string): word is Decision => Object.hasOwn(decisionWords, word);

/** The state as it is shown: a word this version does not know stays as PostHog said it. */
export const stateWord = (state: string) => (isDecision(state) ? decisionWords[state].is : state);

export const unknownState = (state: string) =>
  `PostHog calls this “${state}”. This version of Hedgerow does not know that word and counts it as Blocked, the strictest.`;

const deciders: Record<string, string> = {
  rule: "A rule of your team.",
  scope: "You.",
  team: "Your team, with its setting for this tool.",
  preset: "Your team, with its preset for new tools.",
  legacy: "You, or whoever connected this server: the decision is kept with the connection.",
  default: "Nobody yet. New tools start as Ask first.",
};

/** Who decided, in words. */
export const decidedBy = (word: string) =>
  Object.hasOwn(deciders, word)
    ? (deciders[word] ?? word)
    : `PostHog says “${word}”, a word this version does not know.`;

/** What the ceiling of the team leaves to choose. */
export function ceilingWords(ceiling: string | null): string {
  switch (ceiling) {
    case null:
      return "";
    case "approved":
      return "Your team lets you choose anything up to Allow.";
    case "needs_approval":
      return "Your team lets you choose Ask first or Block.";
    case "do_not_use":
      return "Your team lets you choose nothing but Block.";
    default:
      return `Your team set a limit PostHog calls “${ceiling}”, a word this version does not know.`;
  }
}

export const fixedWords: Record<Fixed, string> = {
  locked: "A rule of your team fixes this. A team admin can change the rule in PostHog.",
  not_yours: "This connection belongs to a colleague, so only its owner can decide here.",
  not_addressable:
    "PostHog has no address for a tool with this name, so it cannot be decided on from outside.",
};

/** Why one choice cannot be made, when others can. */
export const overCeiling = (decision: Decision) =>
  `${decisionWords[decision].act} is not open to you: your team set a stricter limit.`;

export const outcomeWords: Record<DecisionOutcome, (now: string, asked: string) => string> = {
  as_asked: (now) => `PostHog answered: ${now}.`,
  kept_otherwise: (now, asked) =>
    `You asked for “${asked}”. PostHog keeps “${now}”: a rule, a limit or a preset of your team decides here.`,
  definition_changed: (now) =>
    `PostHog took the decision (now: ${now}), but the tool it answered is not the one that was on screen. It does not count as decided on this version: read it again and decide.`,
};

/** Another definition arrived while the pane was open. */
export const movedWords = "The definition changed while you were looking. Read it as it is now, then decide.";

/** Everything a server claims about a tool: its own words, never a fact; empty when it claims nothing. */
export function claimWords(claims: Claims): string {
  const { read_only, destructive, idempotent, open_world } = claims;
  const said = [
    read_only === true && "read-only",
    read_only === false && "it writes",
    destructive === true && "destructive",
    destructive === false && "not destructive",
    idempotent === true && "calling it again changes nothing more",
    idempotent === false && "calling it again may change more",
    open_world === true && "reaches beyond the server’s own data",
    open_world === false && "stays within the server’s own data",
  ].filter(Boolean);
  return said.length > 0 ? `The server claims: ${said.join(", ")}.` : "";
}

/** The gravest claim, where there is little room. */
export function claimFlag({ read_only, destructive }: Claims): string {
  if (destructive === true) return "Claims: destructive";
  if (read_only === false) return "Claims: it writes";
  return read_only === true ? "Claims: read-only" : "";
}

/** Accepting a changed definition with the state it has. */
export const keepWords: Record<Decision, string> = {
  approved: "Allow this version",
  needs_approval: "Keep asking first",
  do_not_use: "Keep it blocked",
};

export function changedWords(state: string, decidedAt: string | null): string {
  const did = isDecision(state)
    ? { approved: "allowed", needs_approval: "set this to Ask first", do_not_use: "blocked" }[state]
    : null;
  const object = state === "needs_approval" ? "" : " this";
  if (!did || !decidedAt) return "This is not the definition that was last decided on.";
  return `You ${did}${object} on ${day(decidedAt)}. It is not the same definition any more.`;
}

export const historyKinds: Record<HistoryKind, string> = {
  decided: "Decided",
  first_seen: "First seen here",
  changed: "Change noticed",
};

/** One line of a tool's history. */
export function historyLine(line: HistoryView): string {
  if (line.what !== "decided") return historyKinds[line.what];
  const asked = stateWord(line.asked);
  if (line.answered === "") return `You asked for ${asked}; PostHog did not answer`;
  if (line.answered !== line.asked)
    return `You asked for ${asked}; PostHog answered ${stateWord(line.answered)}`;
  return line.before === line.asked
    ? `You confirmed ${asked}`
    : `You chose ${asked}, before: ${stateWord(line.before)}`;
}

export const filterWords: Record<ToolFilter, string> = {
  all: "All",
  allowed: "Allowed",
  ask: "Ask first",
  blocked: "Blocked",
  changed: "Changed",
  removed: "Removed",
};

/** How many tools a filter shows. */
export const filterCount = (filter: ToolFilter, counts: Counts) =>
  filter === "all" ? counts.total : counts[filter];
