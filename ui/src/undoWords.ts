/** What came of taking something back, as PostHog answered it. */
import { endWords } from "./batchWords";
import { errorWords, saidBy } from "./errors";
import type { BatchItem, BatchView } from "./ipc/generated";
import { count, stateWord } from "./words";

export const takingBackWords = "Taking it back…";

/** One tool. Where PostHog was not asked, only what was kept here is back. */
export function itemTakenBack({ label, asked, answered, result, problem }: BatchItem): string {
  switch (result) {
    case "as_asked":
      return `${label}: taken back.${answered ? ` PostHog answered: ${stateWord(answered)}.` : ""}`;
    case "kept_otherwise":
      return `${label}: not taken back. You asked for ${stateWord(asked)}; PostHog keeps ${stateWord(answered)}.`;
    case "definition_changed":
      return `${label}: PostHog took it back (now: ${stateWord(answered)}), but its definition is another by now.`;
    case "unknown":
      return `${label}: PostHog did not answer, so it is not known whether it was taken back.`;
    default:
      return [
        `${label}: not taken back.`,
        problem ? saidBy(problem) || `${errorWords(problem).title}.` : "It was not sent.",
      ].join(" ");
  }
}

/** Many at once. */
export const batchTakenBack = (batch: BatchView) =>
  `Taking back ${count(batch.total, "decision")}: ${endWords(batch)}.`;
