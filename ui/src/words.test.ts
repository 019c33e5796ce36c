import { describe, expect, it } from "vitest";
import { errorTable, errorWords, explained, retryWords, saidBy } from "./errors";
import { Fake, refusal } from "./ipc/fake";
import type { ErrorCode } from "./ipc/generated";
import generated from "./ipc/generated.ts?raw";
import { NOW } from "./ipc/fakeData";
import * as reviewWords from "./reviewWords";
import * as connectWords from "./connectWords";
import * as serverWords from "./serverWords";
import * as startWords from "./startWords";
import * as words from "./words";

/** The words of a generated union of strings. */
function unionOf(type: string): string[] {
  const found = new RegExp(`export type ${type} = ([^;]+);`).exec(generated)?.[1] ?? "";
  return [...found.matchAll(/"(\w+)"/g)].map((match) => match[1] ?? "");
}

describe("what a server claims", () => {
  const silent = { read_only: null, destructive: null, idempotent: null, open_world: null };
  it.each([
    [silent, "", ""],
    [{ ...silent, read_only: true }, "The server claims: read-only.", "Claims: read-only"],
    [{ ...silent, read_only: false }, "The server claims: it writes.", "Claims: it writes"],
    [
      { ...silent, read_only: true, destructive: true },
      "The server claims: read-only, destructive.",
      "Claims: destructive",
    ],
    [
      { read_only: null, destructive: false, idempotent: true, open_world: false },
      "The server claims: not destructive, calling it again changes nothing more, stays within the server’s own data.",
      "",
    ],
  ])("is never told as a fact: %o", (claims, all, flag) => {
    expect([words.claimWords(claims), words.claimFlag(claims)]).toEqual([all, flag]);
  });
});

describe("the foot of the rail", () => {
  const sync = {
    running: false,
    done: 0,
    total: 0,
    last_success_at: null,
    offline: false,
    queue: [],
    queue_resumes_ms: null,
  };
  it.each<[ErrorCode, string]>([
    ["signed_out", "Signed out"],
    ["key_refused", "Signed out"],
    ["keyring_locked", "Signed out"],
    ["posthog_failed", "Could not read everything"],
  ])("says after %s: %s", (code, said) => {
    expect(serverWords.syncWords({ ...sync, problem: refusal(code) }, 0)).toBe(said);
  });
});

describe("every word the core can say has words here", () => {
  const tables: [string, object][] = [
    ["ErrorCode", errorTable],
    ["ServerStatus", serverWords.statusWords],
    ["Decision", words.decisionWords],
    ["DecisionOutcome", words.outcomeWords],
    ["Fixed", words.fixedWords],
    ["FlowStep", connectWords.flowChip],
    ["FlowStep", { ...connectWords.flowSteps, ...connectWords.flowEnds }],
    ["HistoryKind", words.historyKinds],
    ["KeyringView", startWords.keyringWords],
    ["Notice", startWords.noticeWords],
    ["ToolFilter", words.filterWords],
  ];
  it.each(tables)("%s", (type, table) => {
    expect(unionOf(type).length).toBeGreaterThan(1);
    expect(Object.keys(table).sort()).toEqual(unionOf(type).sort());
  });

  it.each(Object.entries(errorTable))(
    "the error %s has a title, an explanation and a next step, calmly",
    (_code, entry) => {
      for (const text of [entry.title, entry.explanation, entry.next]) {
        expect(text).toMatch(/^[A-Z]/);
        expect(text).not.toContain("!");
      }
      expect(entry.title).not.toMatch(/\.$/);
      expect(entry.next).toMatch(/\.$/);
    },
  );
});

describe("words of others", () => {
  it("are marked as theirs", () => {
    expect(saidBy(refusal("upstream", "status 502"))).toBe("PostHog said: status 502");
  });

  it("are left out where there are none", () => {
    expect(saidBy(refusal("upstream", "  "))).toBe("");
  });

  it("an unknown error code is told as a fault of the app", () => {
    expect(errorWords(refusal("from_the_future" as ErrorCode))).toBe(errorTable.internal);
  });

  it("an unknown state stays the word PostHog said", () => {
    expect(words.stateWord("only_on_tuesdays")).toBe("only_on_tuesdays");
  });

  it.each(["constructor", "toString", "__proto__"])("the word %s from a server is only a word", (word) => {
    expect(words.decidedBy(word)).toContain(word);
    expect(connectWords.categoryWords(word)).toBe(word);
    expect(words.isDecision(word)).toBe(false);
  });
});

it("says this app's own reason as a sentence of its own", () => {
  expect(explained(refusal("bad_address", "the address must start with https://"))).toBe(
    "The address must start with https://.",
  );
  expect(explained(refusal("bad_address"))).toBe(errorTable.bad_address.explanation);
  expect(explained(refusal("key_refused", "x"))).toBe(errorTable.key_refused.explanation);
});

it("says when trying again makes sense", () => {
  expect(retryWords(refusal("throttled", "", { retry_after: 17 }))).toBe("Try again in 17 s.");
  expect(retryWords(refusal("throttled", "", { retry_after: 170 }))).toBe("Try again in 3 min.");
  expect(retryWords(refusal("throttled"))).toBe("");
});

it("tells an answer that differs from what was asked", () => {
  const line = {
    at: "",
    what: "decided" as const,
    before: "approved",
    asked: "needs_approval",
    answered: "approved",
  };
  expect(words.historyLine(line)).toBe("You asked for Ask first; PostHog answered Allowed");
  expect(words.historyLine({ ...line, answered: "" })).toBe(
    "You asked for Ask first; PostHog did not answer",
  );
  expect(words.historyLine({ ...line, answered: "needs_approval" })).toBe(
    "You chose Ask first, before: Allowed",
  );
});

describe("an entry of Review", () => {
  const items = async () => (await new Fake().call("list_review", { offset: 0, limit: 100 })).items;

  it("about a connection says how many tools stay known, or that there are none", async () => {
    const told = (await items())
      .filter(({ group }) => group === "connections")
      .map((item) => reviewWords.itemWords(item, NOW));
    expect(told).toEqual(["Noticed 40 min ago · 4 tools stay known", "Noticed 21 Nov · No tools known"]);
  });
});
