/** The sentences of Review. */
import type {
  BaseView,
  ReviewCount,
  ReviewGroup,
  ReviewItem,
  SchemaChange,
  ServerStatus,
} from "./ipc/generated";
import { ago, clock, day } from "./time";
import { statusWords } from "./serverWords";
import { count, decidedBy, number, stateWord } from "./words";

export const groupWords: Record<ReviewGroup, string> = {
  changed_allowed: "Changed while allowed",
  came_back: "Came back with its old decision",
  new_allowed: "New and already allowed",
  loosened: "Loosened elsewhere",
  new: "New",
  changed_otherwise: "Changed, not allowed",
  removed: "Removed",
  connections: "Connections",
  unpinned: "Decided elsewhere, not yet pinned",
};

/** How many a group has, behind its name. */
export const groupCount = ({ count: n, later }: ReviewCount) =>
  ` · ${number(n)}${later > 0 ? `, ${number(later)} for later` : ""}`;

export const groupHeading = (count: ReviewCount) => groupWords[count.group] + groupCount(count);

/** Whether an entry waits; a tool that was reached from elsewhere may not. */
export const waits = ({ row }: ReviewItem) => row === null || row.review !== null;

/** What the badge means. */
export const waitingWords = (n: number) => `${number(n)} ${n === 1 ? "waits" : "wait"} for you`;

export const toReviewWords = (n: number) => `${number(n)} to review`;

/** What can be done at once with all of the loudest group; empty for any other, and when nothing of it waits. */
export function groupAction({ group, count: n, later }: ReviewCount): string {
  const all = n - later;
  if (all < 1 || group !== "changed_allowed") return "";
  return all === 1 ? "Ask first for the changed one…" : `Ask first for all ${number(all)} changed…`;
}

/* ---- one line of the list -------------------------------------------------------------------------- */

const DAY = 24 * 60 * 60_000;

function goneFor(item: ReviewItem, now: number): string {
  if (!item.gone_at) return "";
  const until = Date.parse(item.noticed_at ?? "") || now;
  const days = Math.floor((until - Date.parse(item.gone_at)) / DAY);
  return days >= 1 ? `gone ${count(days, "day")}` : "gone less than a day";
}

/** What changed, in few words; empty when it is the same. */
export function changeWords({ summary }: ReviewItem): string {
  if (!summary) return "";
  const { added, removed, changed } = summary;
  const all = added + removed + changed;
  const fate = all === added ? " added" : all === removed ? " removed" : "";
  const parts = [
    summary.title && "title",
    summary.hidden && !summary.description && "hidden characters",
    summary.description && (summary.hidden ? "hidden characters in the description" : "description"),
    all > 0 &&
      `${count(all, "parameter")}${summary.title || summary.description || summary.hidden ? "" : fate}`,
  ].filter((part) => part !== false);
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : (parts[0] ?? "");
}

/** The second line of an entry. */
export function itemWords(item: ReviewItem, now: number): string {
  const noticed = item.noticed_at ? `noticed ${ago(item.noticed_at, now)}` : "";
  switch (item.group) {
    case "connections":
      return [
        item.noticed_at ? `Noticed ${ago(item.noticed_at, now)}` : "",
        item.tools > 0
          ? `${count(item.tools, "tool")} ${item.tools === 1 ? "stays" : "stay"} known`
          : "No tools known",
      ]
        .filter(Boolean)
        .join(" · ");
    case "came_back": {
      const what = item.summary ? (changeWords(item) ? "another definition" : "the same definition") : "";
      return [item.server_name, [goneFor(item, now), what].filter(Boolean).join(", ")].join(" · ");
    }
    case "removed":
      return `${item.server_name} · ${item.gone_at ? `gone since ${day(item.gone_at, now)}` : noticed}`;
    default:
      return [item.server_name, changeWords(item) || noticed].filter(Boolean).join(" · ");
  }
}

/** The word beside an entry's decision that says what waits. */
export const markWords = (item: ReviewItem): string => {
  const state = item.row ? stateWord(item.row.state) : "";
  switch (item.group) {
    case "changed_allowed":
    case "changed_otherwise":
      return `${state}, changed`;
    case "came_back":
      return `${state}, back`;
    case "loosened":
      return `${state}, loosened`;
    case "connections":
      return item.status ? statusWords[item.status] : "";
    default:
      return state;
  }
};

/* ---- one entry, whole ------------------------------------------------------------------------------ */

export function baseWords(base: BaseView, now: number): string {
  const on = day(base.at, now);
  switch (base.kind) {
    case "decided":
      return base.state === "approved"
        ? `allowed by you on ${on}`
        : base.state === "do_not_use"
          ? `blocked by you on ${on}`
          : `set to ${stateWord(base.state)} by you on ${on}`;
    case "accepted":
      return `accepted by you on ${on}`;
    case "baseline":
      return `accepted as baseline on ${on}`;
    case "imported":
      return `from a file, ${on}`;
    case "automatic":
      return `set to Ask first by Hedgerow on ${on}`;
    case "first_seen":
      return `first seen here ${on}`;
  }
}

/** When PostHog last read an entry's server. Before generation C it does not say; then, when Hedgerow saw the tools. */
export function lastReadWords({ last_read_at, seen_at }: ReviewItem, now: number): string {
  if (last_read_at) return `PostHog last read this server ${clock(last_read_at, now)}`;
  const unsaid = "PostHog does not say when it last read this server";
  return seen_at ? `${unsaid}; Hedgerow last saw its tools ${clock(seen_at, now)}` : unsaid;
}

/** The line under an entry's name. */
export const entryFacts = (item: ReviewItem, base: BaseView | null, now: number): string =>
  [
    item.server_name,
    base ? baseWords(base, now) : "nothing to compare with",
    base && item.noticed_at ? `change noticed ${clock(item.noticed_at, now)}` : "",
    lastReadWords(item, now),
  ]
    .filter(Boolean)
    .join(" · ");

const reach = (state: string) =>
  state === "approved"
    ? "Agents may be calling it now."
    : state === "needs_approval"
      ? "Agents may not call it without asking."
      : "Agents may not call it.";

const theirs: Record<BaseView["kind"], string> = {
  decided: "the tool you allowed",
  accepted: "the tool you accepted",
  baseline: "the tool you accepted as baseline",
  imported: "the tool of the file you took over",
  automatic: "the tool it was",
  first_seen: "the tool Hedgerow saw first",
};

/** Why an entry is here and what that means. */
export function alertWords(item: ReviewItem, base: BaseView | null): string {
  if (!waits(item)) return "Nothing about this tool waits for you.";
  const state = item.row?.state ?? "";
  switch (item.group) {
    case "changed_allowed":
      return `PostHog kept this tool allowed, but it is not ${theirs[base?.kind ?? "first_seen"]}. Agents may be calling the new one now.`;
    case "came_back":
      return `This tool was gone and is back, with the decision it had: ${stateWord(state)}. ${reach(state)}`;
    case "new_allowed":
      return `This tool is new and allowed already. Who decided: ${decidedBy(item.row?.decided_by ?? "")} ${reach(state)}`;
    case "loosened":
      return `This is still ${theirs[base?.kind ?? "decided"]}, but not the decision: it was ${stateWord(base?.state ?? "")} here, and is ${stateWord(state)} now. Who decided: ${decidedBy(item.row?.decided_by ?? "")} ${reach(state)}`;
    case "new":
      return `This tool is new. ${reach(state)}`;
    case "changed_otherwise":
      return `This is not the definition of before. ${reach(state)}`;
    case "removed":
      return "The server does not offer this tool any more. PostHog keeps the decision and uses it again if the tool comes back.";
    case "unpinned":
      return `This was decided before Hedgerow saw it. Who decided: ${decidedBy(item.row?.decided_by ?? "")} No definition is pinned to the decision yet, so a change could not be told.`;
    case "connections":
      return item.status ? connectionWords[item.status] : "";
  }
}

const connectionWords: Record<ServerStatus, string> = {
  connected: "This connection works again.",
  finish_connecting:
    "The login of this server was begun and not finished. Agents cannot use its tools until then.",
  log_in_again: "The login of this server was found broken. Agents cannot use its tools until you log in.",
  off: "This server is off. Agents cannot use its tools.",
  off_for_team: "Your team switched this server off. Agents cannot use its tools.",
  never_read:
    "No tools of this server are known, and PostHog does not say when it last read it, or whether it ever did.",
  last_read_failed: "PostHog could not read this server the last time. Its tools may be others by now.",
};

/** What the two sides of a comparison are called. */
export const beforeWords = (base: BaseView | null) => {
  if (base?.kind === "decided")
    return base.state === "approved"
      ? "you allowed"
      : base.state === "do_not_use"
        ? "you blocked"
        : "you decided on";
  if (base?.kind === "accepted" || base?.kind === "baseline") return "you accepted";
  return "before";
};

/** A change of one parameter, after its name. */
export function parameterWords(change: SchemaChange): string {
  const { before, after } = change;
  const from = before ? `was ${before}` : "";
  const to = after ? `now ${after}` : "";
  const both = [from, to].filter(Boolean).join(", ");
  switch (change.kind) {
    case "added":
      return ["new", after, change.required ? "required" : "optional"].filter(Boolean).join(" · ");
    case "removed":
      return ["gone", before && `was ${before}`].filter(Boolean).join(" · ");
    case "renamed":
      return `probably called ${before ?? "something else"} before`;
    case "type_changed":
      return `another type: ${both}`;
    case "choices_changed":
      return `other choices: ${both}`;
    case "default_changed":
      return `another default: ${both}`;
    case "now_required":
      return "required now, was optional";
    case "no_longer_required":
      return "optional now, was required";
    case "description_changed":
      return "another description";
    case "limits_changed":
      return `other limits: ${both}`;
    case "other_changed":
      return both ? `changed: ${both}` : "changed";
  }
}

/** Why nothing can be decided while another definition waits to be read. */
export const readFirst = "It changed: read it first";

export const acceptReason = "Accepting pins this definition here. It changes nothing in PostHog.";

/* ---- keys ------------------------------------------------------------------------------------------ */

export const keysHelp =
  "J and K move, R asks first, B blocks, Shift+A allows, Z undoes. Space selects, Shift and arrows select more. They act only while this list has the focus.";
export const keysOff = "Arrows move, Space selects. The letter keys are off.";

/* ---- baseline -------------------------------------------------------------------------------------- */

export const baselineExplained = [
  "A baseline is the definition of each of these tools as it is now. Hedgerow pins it, and shows every change from then on.",
  "It does not mean that anybody has read them. Nothing changes in PostHog: each tool keeps the decision it has.",
];

/** `20 are allowed, 12 ask first, 3 are blocked.` */
export function baselineCounts(items: ReviewItem[]): string {
  const states = items.map(({ row }) => row?.state ?? "");
  const allowed = states.filter((state) => state === "approved").length;
  const ask = states.filter((state) => state === "needs_approval").length;
  return `Of these, ${number(allowed)} may be called without asking, ${number(ask)} ask first, ${number(states.length - allowed - ask)} are blocked.`;
}

/** Who decided them, most first. */
export function baselineWho(items: ReviewItem[]): string {
  const who = new Map<string, number>();
  for (const { row } of items) {
    const by = row?.decided_by ?? "";
    who.set(by, (who.get(by) ?? 0) + 1);
  }
  const parts = [...who]
    .sort(([, a], [, b]) => b - a)
    .map(([by, n]) => `${number(n)}: ${decidedBy(by).replace(/\.$/, "")}`);
  return `Who decided: ${parts.join("; ")}.`;
}
