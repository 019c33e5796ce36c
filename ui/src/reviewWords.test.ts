import { describe, expect, it } from "vitest";
import { usualServers } from "./ipc/fake/usualServers";
import { before, NOW } from "./ipc/fakeData";
import type { BaseView, ReviewGroup, ReviewItem } from "./ipc/generated";
import { alertWords, entryFacts, lastReadWords } from "./reviewWords";

const item: ReviewItem = {
  group: "new",
  server_id: "srv-linear",
  server_name: "Linear",
  row: null,
  later: false,
  noticed_at: null,
  gone_at: null,
  summary: null,
  last_read_at: before(60),
  seen_at: before(5),
  status: null,
  tools: 0,
};

describe("when PostHog last read a server", () => {
  it("is said where PostHog tells it", () => {
    expect(entryFacts(item, null, NOW)).toMatch(/ · PostHog last read this server [^·]+$/);
  });

  it("is never called never because PostHog does not tell it", () => {
    const untold = { ...item, last_read_at: null };
    expect(lastReadWords(untold, NOW)).toMatch(/^PostHog does not say when .*; Hedgerow last saw its tools /);
    expect(lastReadWords({ ...untold, seen_at: null }, NOW)).toMatch(/^PostHog does not say when [^;]*$/);
  });
});

describe("a decision that was not made here", () => {
  const [first] = usualServers()[0]?.tools ?? [];
  if (!first) throw new Error("the fake has no tool");
  const row = { ...first.row, state: "approved", decided_by: "preset" };
  const waiting = (review: ReviewGroup): ReviewItem => ({ ...item, group: review, row: { ...row, review } });

  it("is named as whose it is", () => {
    const words = alertWords(waiting("unpinned"), null);
    expect(words).toContain("Who decided: Your team, with its preset");
    expect(words).not.toContain("elsewhere");
  });

  it("is told beside the one that was, where it is looser", () => {
    const base: BaseView = { kind: "decided", state: "do_not_use", at: before(60) };
    const words = alertWords(waiting("loosened"), base);
    expect(words).toMatch(
      /it was Blocked here, and is Allowed now\. Who decided: Your team, with its preset/,
    );
    expect(words).not.toContain("pinned");
  });
});
