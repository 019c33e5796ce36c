import { expect, it } from "vitest";
import { changedWords, firstSeen, historyLine } from "./historyWords";
import { past } from "./ipc/fake/historyData";

const decided = past("decided", { before: "approved", asked: "do_not_use" });

it.each([
  [past("first_contact", {}), "First seen"],
  [past("new", {}), "New tool"],
  [past("changed", {}), "Change noticed"],
  [past("changed_back", {}), "Changed back"],
  [past("removed", {}), "Removed"],
  [past("returned", {}), "Came back"],
  [{ ...decided, answered: "do_not_use", result: "as_asked" }, "Decided: Allowed → Blocked"],
  [
    { ...decided, answered: "approved", result: "kept_otherwise" },
    "Decided: Allowed → Blocked · PostHog keeps Allowed",
  ],
  [{ ...decided, result: "refused" }, "Decided: Allowed → Blocked · refused"],
  [{ ...decided, result: "unknown" }, "Decided: Allowed → Blocked · no answer"],
  [{ ...decided, result: "open" }, "Decided: Allowed → Blocked · not answered yet"],
  [
    past("automatic", { before: "approved", asked: "needs_approval", result: "as_asked" }),
    "Set back by Hedgerow: Allowed → Ask first",
  ],
  [
    past("accepted", { before: "approved", asked: "approved", result: "as_asked" }),
    "Accepted as it is: Allowed",
  ],
  [
    past("baseline", { before: "approved", asked: "approved", result: "as_asked" }),
    "Accepted as baseline: Allowed",
  ],
  [
    past("undone", { before: "do_not_use", asked: "approved", answered: "approved", result: "as_asked" }),
    "Taken back: Blocked → Allowed",
  ],
])("history says of %o what Activity says", (line, words) => {
  expect(historyLine(line)).toBe(words);
});

it("dates a change by the step that pinned, whatever came after it", () => {
  const at = "2026-10-04T10:00:00Z";
  const later = past("automatic", { before: "approved", asked: "needs_approval", result: "as_asked" });
  const refused = past("decided", { before: "approved", asked: "do_not_use", result: "refused" });
  const step = past("decided", { at, asked: "approved", answered: "approved", pins: true });
  expect(changedWords([refused, later, step])).toBe(
    "You allowed this on 4 Oct. It is not the same definition any more.",
  );
  expect(changedWords([later, past("baseline", { at, asked: "approved", pins: true })])).toBe(
    "You accepted this as baseline on 4 Oct. It is not the same definition any more.",
  );
  expect(changedWords([refused, later])).toBe("This is not the definition that was last decided on.");
});

it("knows when a tool was first seen only where its history reaches that far", () => {
  expect(firstSeen([past("changed", {}), past("new", { at: "2026-10-04T10:00:00Z" })])).toBe(
    "2026-10-04T10:00:00Z",
  );
  expect(firstSeen([past("changed", {})])).toBeUndefined();
});
