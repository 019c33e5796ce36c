/** Every sentence of the interface that is more than a label at its place. Sentence case, plain words. */
import type {
  CatalogEntry,
  Claims,
  Counts,
  Decision,
  DecisionOutcome,
  ErrorCode,
  Fixed,
  FlowStep,
  HistoryKind,
  HistoryView,
  KeyringView,
  Notice,
  SchemeView,
  ServerRow,
  ServerStatus,
  SyncView,
  ToolFilter,
} from "./ipc/generated";
import { ago, clock, day } from "./time";

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

/* ---- servers ------------------------------------------------------------------------------------- */

export const statusWords: Record<ServerStatus, string> = {
  connected: "Connected",
  finish_connecting: "Finish connecting",
  log_in_again: "Log in again",
  off: "Off",
  never_read: "Never read",
  last_read_failed: "Last read failed",
};

/** The status where there is little room. */
export const shortStatus = (status: ServerStatus) =>
  status === "finish_connecting" ? "Finish" : statusWords[status];

/** Statuses that wait for the person. */
export const needsYou = (status: ServerStatus) => status === "finish_connecting" || status === "log_in_again";

/** How a server is logged in to. */
export function authWords(auth: string): string {
  if (auth === "oauth") return "browser login";
  if (auth === "api_key") return "key";
  return auth;
}

export function sharing(server: ServerRow): string {
  if (!server.shared) return "";
  return server.is_owner ? "shared by you" : "shared with you";
}

/** The line under a server's name. */
export const serverFacts = (server: ServerRow) =>
  [server.host, authWords(server.auth), sharing(server)].filter(Boolean).join(" · ");

/** The same with what fits only on the server's own page. */
export const serverLongFacts = (server: ServerRow) =>
  [
    server.host,
    authWords(server.auth),
    sharing(server) || "only you",
    server.created_at ? `connected ${day(server.created_at)}` : "",
  ]
    .filter(Boolean)
    .join(" · ");

export const countsLine = (counts: Counts) =>
  counts.total === 0
    ? "no tools known"
    : `${count(counts.total, "tool")} · ${number(counts.allowed)} allowed`;

export const countsLabel = (counts: Counts) =>
  `${number(counts.allowed)} allowed, ${number(counts.ask)} ask first, ${number(counts.blocked)} blocked`;

/** When the tools were read, by PostHog where it says so, else by this app. */
export function readWords(server: ServerRow, now: number): string {
  if (server.last_read_at) return `read ${ago(server.last_read_at, now)}`;
  if (server.seen_at) return `seen ${ago(server.seen_at, now)}`;
  return "never read";
}

/** What the bar on a server's page says about its status; empty when all is well. */
export function statusNote(server: ServerRow, now: number): string {
  const status = statusText(server, now);
  return server.is_owner ? status : `${fixedWords.not_yours} ${status}`.trim();
}

function statusText(server: ServerRow, now: number): string {
  const asOf = server.seen_at ? ` What you see is as of ${clock(server.seen_at, now)}.` : "";
  switch (server.status) {
    case "connected":
      return "";
    case "log_in_again":
      return server.is_owner
        ? `PostHog says the login stopped working. Agents cannot use these tools until you log in.${asOf}`
        : `PostHog says the login stopped working. Agents cannot use these tools until its owner logs in.${asOf}`;
    case "finish_connecting":
      return "A login was begun and not finished. Agents cannot use this server yet.";
    case "off":
      return "This server is switched off. Agents cannot use its tools, and PostHog does not read them again.";
    case "never_read":
      return `Connected, but PostHog has not read its tools yet.${server.is_owner ? " Refresh the tools to ask for that." : ""}`;
    case "last_read_failed":
      return `The last time PostHog read this server, it failed.${asOf}`;
  }
}

/** A server PostHog has not read for long. */
export const staleNote = (server: ServerRow, now: number) =>
  `PostHog last read this server ${ago(server.last_read_at ?? "", now)}. Its tools may be others by now: refresh them to see.`;

export const refreshing = (name: string) => `Asking PostHog to read ${name} again…`;
export const refreshed = (name: string) => `PostHog has read ${name} again.`;

export const onlyOwnerRefreshes = "Only the owner of this connection can have its tools read again.";

const hasNoKey: ReadonlySet<ErrorCode> = new Set([
  "signed_out",
  "key_refused",
  "keyring_absent",
  "keyring_locked",
]);

/** The foot of the rail. */
export function syncWords(sync: SyncView, now: number): string {
  if (sync.running)
    return sync.total > 0 ? `Reading ${number(sync.done)} of ${number(sync.total)}…` : "Reading…";
  if (sync.offline) return "Offline";
  if (sync.problem && hasNoKey.has(sync.problem.code)) return "Signed out";
  if (sync.problem) return "Could not read everything";
  return sync.last_success_at ? `Up to date · ${ago(sync.last_success_at, now)}` : "Not read yet";
}

export function offlineWords(lastSuccess: string | null, now: number): string {
  const when = lastSuccess
    ? `This is what PostHog said at ${clock(lastSuccess, now)}, ${ago(lastSuccess, now)}.`
    : "PostHog has not answered yet.";
  return `${when} Decisions and changes can be made again once you are back.`;
}

export const offlineRefusal = "You are offline. Decisions can be made again once PostHog answers.";

/* ---- catalog ------------------------------------------------------------------------------------- */

const categories: Record<string, string> = {
  business: "Business",
  data: "Data",
  design: "Design",
  dev: "Developer tools",
  infra: "Infrastructure",
  productivity: "Productivity",
};

/** A category's name; an unknown word is shown as it came. */
export const categoryWords = (category: string) =>
  Object.hasOwn(categories, category) ? (categories[category] ?? category) : category || "Other";

export const entryFacts = (entry: CatalogEntry) =>
  `${categoryWords(entry.category)} · ${authWords(entry.auth)}`;

/** Why an entry cannot be connected; empty when it can. */
export function notConnectable(entry: CatalogEntry): string {
  if (entry.coming_soon) return "Coming soon: PostHog does not offer it yet";
  if (entry.auth !== "oauth" && entry.auth !== "api_key")
    return `This version cannot connect with “${entry.auth}”`;
  return "";
}

export const keyNotice =
  "Sent once to PostHog, which keeps it and uses it for you. Hedgerow does not store it. PostHog’s agents may use this server on your runs unless your team forbids it.";

/* ---- connecting ---------------------------------------------------------------------------------- */

/** The steps in their order, each as done, as happening and as coming. */
export const flowSteps = {
  preparing: {
    todo: "PostHog prepares the login",
    now: "PostHog is preparing the login",
    done: "PostHog prepared the login",
  },
  waiting: {
    todo: "Log in in the browser",
    now: "Waiting for you in the browser",
    done: "You were in the browser",
  },
  checking: {
    todo: "Check with PostHog that it worked",
    now: "Asking PostHog whether it worked",
    done: "PostHog says it worked",
  },
  reading_tools: { todo: "Read its tools", now: "PostHog is reading its tools", done: "Its tools were read" },
} as const;

/** The first step, by the way a server is logged in to. */
export const preparing = {
  browser: flowSteps.preparing,
  key: {
    todo: "Send the key to PostHog",
    now: "Sending the key to PostHog",
    done: "PostHog has the key",
  },
  open: {
    todo: "Tell PostHog the address",
    now: "Telling PostHog the address",
    done: "PostHog has the address",
  },
};

/** A flow in two or three words, for the rail. */
export const flowChip: Record<FlowStep, (title: string) => string> = {
  preparing: (title) => `Connecting ${title}`,
  waiting: (title) => `Connecting ${title}`,
  checking: (title) => `Checking ${title}`,
  reading_tools: (title) => `Reading ${title}`,
  connected: (title) => `${title} is connected`,
  failed: (title) => `${title} is not connected`,
  cancelled: (title) => `${title}: stopped`,
  expired: (title) => `${title}: time is over`,
};

/** After *I have finished*, when PostHog knows of no finished login. */
export const notYet = "PostHog has not seen a finished login yet. Hedgerow keeps looking.";

/** How an ended flow is told. */
export const flowEnds: Record<
  "connected" | "failed" | "cancelled" | "expired",
  { title: string; text: string }
> = {
  connected: { title: "Connected", text: "PostHog says the connection works." },
  failed: { title: "Not connected", text: "" },
  cancelled: {
    title: "Stopped waiting",
    text: "Hedgerow no longer waits for this login. What PostHog has stays as it is: a login finished in the browser still counts.",
  },
  expired: {
    title: "The time is over",
    text: "PostHog keeps a login open for ten minutes. Nothing was connected by this one. Try again when you are ready.",
  },
};

export const toolsFound = (n: number | null) =>
  n === null
    ? "Its tools have not been read yet."
    : n === 0
      ? "PostHog found no tools there."
      : `PostHog found ${count(n, "tool")} there.`;

export const signedInAs = (email: string): [string, string, string] => [
  "Be signed in to PostHog as ",
  email,
  " in that browser. If not, PostHog refuses the login and cannot tell this app.",
];

export function schemeOwner(scheme: SchemeView): string {
  if (scheme.owner === "hedgerow") return "They are opened by Hedgerow.";
  if (scheme.owner === "other") return `They are now opened by ${scheme.other || "another program"}.`;
  return "Nothing opens them now.";
}

/* ---- sign in and start ---------------------------------------------------------------------------- */

export const keyringWords: Record<KeyringView, string> = {
  ready: "Kept in your system’s keyring, nowhere else.",
  absent:
    "This system has no keyring that answers, so the key cannot be kept safely after Hedgerow ends. Start one and restart Hedgerow, or:",
  locked: "Your system’s keyring did not answer; it is probably locked. Unlock it and restart Hedgerow, or:",
};

export const noticeWords: Record<Notice, string> = {
  cache_set_aside:
    "What Hedgerow had read before could not be opened. It was set aside and is being read again. Your decisions are untouched.",
  crashed_before: "Hedgerow stopped unexpectedly last time. The log has a trace.",
};

export const crashed =
  "A part of Hedgerow stopped; the log has a trace. If something seems stuck, restart Hedgerow.";

export const sampleNote = "Sample project: everything here is made up and stays on this machine.";
