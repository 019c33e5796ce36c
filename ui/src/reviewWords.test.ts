import { describe, expect, it } from "vitest";
import { before, NOW } from "./ipc/fakeData";
import type { ReviewItem } from "./ipc/generated";
import { entryFacts, lastReadWords } from "./reviewWords";

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
