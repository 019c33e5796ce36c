/** The sentences of one tool's history: the words of Activity, and what its definition is compared with. */
import { activityWords, resultLine } from "./batchWords";
import type { HistoryView } from "./ipc/generated";
import { day } from "./time";
import { isDecision } from "./words";

/** One line: what it was, and for a decision what was asked and what came of it. */
export const historyLine = (line: HistoryView) =>
  [activityWords[line.what], resultLine(line)].filter(Boolean).join(": ");

/** When a tool was first seen here; nothing when its history does not reach back to that. */
export const firstSeen = (history: HistoryView[]) =>
  history.findLast(({ what }) => what === "first_contact" || what === "new")?.at;

const decided = {
  approved: "You allowed this",
  needs_approval: "You set this to Ask first",
  do_not_use: "You blocked this",
};

function pinned({ what, asked, answered }: HistoryView): string {
  const state = answered || asked;
  if (what === "accepted") return "You accepted this";
  if (what === "baseline") return "You accepted this as baseline";
  if (what === "imported") return "You took this over from a file";
  return isDecision(state) ? decided[state] : "You decided on this";
}

/** That a definition is another than the one that counts as decided on, with the step that one comes from. */
export function changedWords(history: HistoryView[]): string {
  const step = history.find(({ pins }) => pins);
  if (!step) return "This is not the definition that was last decided on.";
  return `${pinned(step)} on ${day(step.at)}. It is not the same definition any more.`;
}
