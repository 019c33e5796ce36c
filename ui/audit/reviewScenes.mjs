// Review, deciding on many, Activity: how the fake starts, and how a person gets there.
const button = (page, name) => page.getByRole("button", { name, exact: typeof name === "string" });
const fake = (page, work, argument) => page.evaluate(work, argument);
const place = (page, name) => page.getByRole("navigation").getByRole("button", { name }).click();

export const review = async (page) => {
  await page.getByRole("heading", { name: "Servers", exact: true }).waitFor();
  await place(page, /^Review/);
  await page.getByRole("heading", { name: "Review", level: 1 }).waitFor();
};
/** The same, and its first lines are there: a key pressed before that leads nowhere. */
export const listed = async (page) => {
  await review(page);
  await page.locator("[data-entry]").first().waitFor();
  await page.getByRole("grid").focus();
};
const entry = async (page, name) => {
  await review(page);
  await page.locator(`[data-entry="${name}"]`).first().click();
  await page.getByRole("region", { name: /^The c/ }).waitFor();
};
export const opened = (page) =>
  page.getByRole("region", { name: "The change" }).getByRole("heading").first().waitFor();

export const reviewScenes = {
  review: {
    reach: async (page) => {
      await review(page);
      await opened(page);
    },
  },
  "review-schema": { reach: (page) => entry(page, "get_trace") },
  "review-new": { reach: (page) => entry(page, "create_issue") },
  "review-fixed": { reach: (page) => entry(page, "issues/bulk") },
  "review-back": { reach: (page) => entry(page, "get_issue") },
  "review-removed": {
    reach: async (page) => {
      await listed(page);
      await page.keyboard.press("End");
      await page.locator('[data-entry="old_export"]').click();
      await opened(page);
    },
  },
  "review-connection": {
    reach: async (page) => {
      await listed(page);
      await page.keyboard.press("End");
      await page.locator('[data-entry="srv-sentry"]').click();
      await page.getByRole("region", { name: "The connection" }).waitFor();
    },
  },
  "review-decided": {
    reach: async (page) => {
      await review(page);
      await opened(page);
      await page.getByRole("grid").focus();
      await page.keyboard.press("r");
      await page.getByText("PostHog answered: Ask first.").waitFor();
    },
  },
  "review-moved": {
    reach: async (page) => {
      await review(page);
      await opened(page);
      await fake(page, () => {
        const { row } = window.fake.servers[2].tools.find((tool) => tool.row.name === "rename_issue");
        row.fingerprint = "fp-2";
        window.fake.emit({ kind: "review" });
      });
      await button(page, "I have read it").waitFor();
    },
  },
  "review-selected": {
    reach: async (page) => {
      await review(page);
      await opened(page);
      await page.getByRole("grid").focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("Shift+ArrowDown");
      await page.keyboard.press("Shift+ArrowDown");
    },
  },
  "review-baseline": {
    reach: async (page) => {
      await listed(page);
      await page.keyboard.press("End");
      await button(page, /^More about Decided elsewhere/).click();
      await page.getByRole("menuitem", { name: "Accept as baseline…" }).click();
      await page.getByText("Who decided: 2").waitFor();
    },
    settle: 300,
  },
  "review-emptied": {
    reach: async (page) => {
      await fake(page, () => {
        const { desk } = window.fake;
        desk.entries = desk.entries.filter(({ tool }) => tool === "rename_issue");
      });
      await listed(page);
      await opened(page);
      await page.keyboard.press("b");
      await button(page, "Undo the last step").waitFor();
    },
  },
  "review-empty": {
    start: { desk: "none" },
    reach: async (page) => {
      await review(page);
      await page.getByText("Nothing waits for you").waitFor();
    },
  },
  "review-loading": {
    // Long enough that a busy machine sees it too.
    start: { delay: 3500 },
    reach: async (page) => {
      await place(page, /^Review/);
      await page.getByText("Reading what waits").waitFor({ state: "attached" });
    },
  },
  "review-error": {
    reach: async (page) => {
      await fake(page, () => window.fake.fail("review", window.refusal("internal", "the ledger is locked")));
      await fake(page, () => window.fake.emit({ kind: "boot" }));
      await fake(page, () => window.fake.call("choose_project", { account: "acc-ana", project: 43 }));
      await review(page);
      await page.getByText("Review could not be shown").waitFor();
    },
  },
  "review-offline": {
    start: { offline: true },
    reach: async (page) => {
      await review(page);
      await opened(page);
    },
  },
  "review-hostile": {
    start: { servers: "hostile" },
    reach: async (page) => {
      await review(page);
      await opened(page);
    },
  },
  "review-10000": {
    start: { servers: "huge" },
    reach: async (page) => {
      await listed(page);
      await page.keyboard.press("End");
      await page.locator('[data-index="9999"]').waitFor();
    },
  },
};

const plan = async (page, decision = "Ask first…", settle = true) => {
  await page.getByRole("heading", { name: "Servers", exact: true }).waitFor();
  await page.locator("[data-server]").getByRole("button", { name: "GitHub", exact: true }).click();
  await page.locator("[data-tool]").first().waitFor();
  await button(page, "Select all 96").click();
  await button(page, decision).click();
  await page.getByRole("dialog").getByRole("button", { name: "Apply" }).waitFor();
  if (settle) await page.waitForTimeout(200);
};
/**
 * A batch that has come so far: what became of its tools, so many each, in their order. What is left waits; without
 * anything said, 23 of 86 are done.
 */
export const batch = async (page, { results = { as_asked: 23 }, view = {} }) => {
  await plan(page, "Block…");
  await page.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
  await page.getByRole("progressbar").waitFor();
  await fake(
    page,
    ({ results, view }) => {
      const { fake } = window;
      const [one] = fake.desk.batches;
      const fates = Object.entries(results).flatMap(([result, n]) => Array(n).fill(result));
      fake.answerItem = (item) => {
        const result = fates[one.items.indexOf(item)];
        if (result === "refused")
          item.problem = window.refusal("ceiling", "A team admin set a stricter ceiling.");
        if (result === "kept_otherwise") item.answered = item.before;
        return result;
      };
      window.step(fake, one.view.id, fates.length);
      Object.assign(one.view, view);
      fake.emit({ kind: "batches" });
    },
    { results, view },
  );
};
export const activity = async (page) => {
  await page.getByRole("heading", { name: "Servers", exact: true }).waitFor();
  await place(page, "Activity");
  await page.getByRole("heading", { name: "Activity", level: 1 }).waitFor();
};
const settings = async (page) => {
  await page.getByRole("heading", { name: "Servers", exact: true }).waitFor();
  await button(page, "Settings").click();
  await page.getByRole("heading", { name: "Watching and Review" }).waitFor();
};
export const importing =
  (kind, closes = "Cancel") =>
  async (page) => {
    await settings(page);
    await page.setInputFiles("input[type=file]", {
      name: `hedgerow-${kind}.json`,
      mimeType: "application/json",
      buffer: Buffer.from(`{"${kind}": 1}`),
    });
    await page.getByRole("dialog").getByRole("button", { name: closes }).waitFor();
  };

Object.assign(reviewScenes, {
  "bulk-plan": { start: { held: true }, reach: (page) => plan(page), settle: 300 },
  "bulk-plan-show": {
    start: { held: true },
    reach: async (page) => {
      await plan(page, "Allow…");
      await page.getByRole("dialog").getByRole("button", { name: /^Show/ }).first().click();
      await page.locator("[data-item]").first().waitFor();
    },
    settle: 300,
  },
  "bulk-looser": {
    start: { held: true },
    reach: async (page) => {
      await plan(page, "Allow…");
      await page.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
      await page.getByText("Really make").waitFor();
    },
    settle: 300,
  },
  "bulk-running": { start: { held: true }, reach: (page) => batch(page, {}), settle: 300 },
  "bulk-held": {
    start: { held: true },
    reach: (page) => batch(page, { view: { resumes_ms: Date.parse("2026-11-23T10:30:40Z") } }),
    settle: 300,
  },
  "bulk-interrupted": {
    start: { held: true },
    reach: async (page) => {
      await batch(page, { view: { state: "interrupted", can_undo: true } });
      await page.getByText("interrupted in the middle").waitFor();
    },
    settle: 300,
  },
  "bulk-done": {
    start: { held: true },
    reach: async (page) => {
      await batch(page, {
        results: { as_asked: 80, refused: 3, unknown: 1, kept_otherwise: 2 },
      });
      await page.getByRole("button", { name: "Show 3" }).click();
      await page.locator("[data-item]").first().waitFor();
    },
    settle: 300,
  },
  "bulk-chip": {
    start: { held: true },
    reach: async (page) => {
      await batch(page, {});
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    },
    settle: 300,
  },
  activity: {
    reach: async (page) => {
      await activity(page);
      await page.locator("[data-line]").first().waitFor();
    },
  },
  "activity-exported": {
    reach: async (page) => {
      await activity(page);
      await button(page, "Export CSV").click();
      await page.getByText("Written: hedgerow-activity").first().waitFor();
    },
    settle: 300,
  },
  "activity-empty": {
    start: { desk: "none" },
    reach: async (page) => {
      await activity(page);
      await page.getByText("Nothing has happened yet").waitFor();
    },
  },
  "activity-none": {
    reach: async (page) => {
      await activity(page);
      await page.getByLabel("Search servers and tools").fill("zzz");
      await page.getByText("Nothing matches").waitFor();
    },
  },
  "activity-offline": {
    start: { offline: true },
    reach: async (page) => {
      await activity(page);
      await page.locator("[data-line]").first().waitFor();
    },
  },
  "activity-hostile": {
    start: { servers: "hostile" },
    reach: async (page) => {
      await activity(page);
      await page.locator("[data-line]").first().waitFor();
    },
  },
  "settings-import-policy": { reach: importing("policy"), settle: 300 },
  "settings-import-backup": { reach: importing("backup"), settle: 300 },
});
