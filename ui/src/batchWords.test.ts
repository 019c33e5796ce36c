import { expect, it } from "vitest";
import { chipWords, progressWords } from "./batchWords";
import { Fake } from "./ipc/fake";
import { emptyBatch } from "./ipc/fake/batch";

it("counts as answered by PostHog only what was sent", () => {
  const fake = new Fake();
  const stopped = emptyBatch(fake, {
    state: "stopped",
    total: 86,
    results: [
      { result: "as_asked", count: 23 },
      { result: "skipped", count: 63 },
    ],
  });
  expect(progressWords(stopped, fake.now)).toBe("23 of 86 done, each as PostHog answered it · stopped");
  expect(chipWords(stopped)).toBe("Stopped: 23 of 86");
});
