/** Histories of the fake's tools. */
import { before } from "../fakeData";
import type { HistoryView } from "../generated";

const DAY = 60 * 24;

/** A line out of the few facts that matter. */
export const past = (what: HistoryView["what"], facts: Partial<HistoryView>): HistoryView => ({
  at: before(10),
  what,
  before: "",
  asked: "",
  answered: "",
  result: "",
  words: "",
  pins: false,
  ...facts,
});

/** What was decided and noticed at a tool of that name, newest first. */
export function historyOf(tool: string): HistoryView[] {
  const first = past("first_contact", { at: before(50 * DAY) });
  if (tool !== "rename_issue") return [first];
  const allowed = { before: "needs_approval", asked: "approved" };
  const refused = "A team admin set a stricter ceiling for this tool.";
  return [
    past("changed", { at: before(78) }),
    past("returned", { at: before(3 * DAY) }),
    past("removed", { at: before(5 * DAY) }),
    past("decided", {
      ...allowed,
      at: before(50 * DAY - 6),
      answered: "approved",
      result: "as_asked",
      pins: true,
    }),
    past("undone", {
      before: "do_not_use",
      asked: "needs_approval",
      answered: "needs_approval",
      at: before(50 * DAY - 4),
      result: "as_asked",
    }),
    past("decided", { ...allowed, at: before(50 * DAY - 3), result: "refused", words: refused }),
    first,
  ];
}

/** The history after a decision; one that pins takes the place of the one that did. */
export function decidedNow(
  history: HistoryView[],
  facts: Partial<HistoryView>,
  pins: boolean,
): HistoryView[] {
  const result = pins ? "as_asked" : "definition_changed";
  const older = history.map((line) => ({ ...line, pins: line.pins && !pins }));
  return [past("decided", { ...facts, result, pins }), ...older];
}
