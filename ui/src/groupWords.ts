/** What can be done with a whole group of Review, or with many entries that were picked. */
import type { Decision, PutOffDone, ReviewCount } from "./ipc/generated";
import { count, decisionWords } from "./words";

/** A decision for all of a group, or a step that asks PostHog for nothing. */
export type GroupStep = Decision | "note" | "baseline" | "later";

const strictFirst: GroupStep[] = ["needs_approval", "do_not_use"];

/** What makes sense for all of a group that is not put off; nothing where each entry wants its own look. */
export function groupSteps({ group, count: n, later }: ReviewCount): GroupStep[] {
  if (n - later < 1) return [];
  switch (group) {
    case "connections":
      return [];
    case "removed":
      return ["note", "later"];
    case "unpinned":
      return ["baseline", ...strictFirst, "later"];
    default:
      return [...strictFirst, "approved", "later"];
  }
}

/** A step in its group. Three dots: it is shown first what it would do. */
export function stepWords(step: GroupStep, { group, count: n, later }: ReviewCount): string {
  switch (step) {
    case "note":
      return "Note all";
    case "baseline":
      return "Accept as baseline…";
    case "later":
      return "Later";
    case "approved":
      if (group === "new") return "Allow…";
      return n - later === 1 ? "Allow this version…" : "Allow these versions…";
    default:
      return `${decisionWords[step].act}…`;
  }
}

/** What came of putting many off. */
export function putOffWords({ tools, moved }: PutOffDone): string {
  const left =
    moved > 0 ? ` ${count(moved, "tool")} moved meanwhile and ${moved === 1 ? "stays" : "stay"}.` : "";
  const done =
    tools.length > 0
      ? `${count(tools.length, "tool")} put off. A further change brings ${tools.length === 1 ? "it" : "them"} back.`
      : "Nothing was put off.";
  return `${done}${left}`;
}

export const broughtBackWords = ({ tools }: PutOffDone) =>
  `${count(tools.length, "tool")} back in ${tools.length === 1 ? "its place" : "their places"}.`;

/** While what was picked is still being read. */
export const pickingWords = "Still reading what was picked";

/** What was picked could not all be read. */
export const pickedOnly = (picked: number, wanted: number) =>
  `Only ${count(picked, "tool")} of ${count(wanted, "entry", "entries")} could be picked.`;
