// Review, deciding on many, Activity: how the fake starts, and how a person gets there.
const button = (page, name) => page.getByRole("button", { name, exact: typeof name === "string" });
const fake = (page, work, argument) => page.evaluate(work, argument);
const place = (page, name) => page.getByRole("navigation").getByRole("button", { name }).click();

export const review = async (page) => {
  await page.getByRole("heading", { name: "Servers", exact: true }).waitFor();
  await place(page, /^Review/);
  await page.getByRole("heading", { name: "Review", level: 1 }).waitFor();
};
const entry = async (page, name) => {
  await review(page);
  await page.locator(`[data-entry="${name}"]`).first().click();
  await page.getByRole("region", { name: /^The c/ }).waitFor();
};
const opened = (page) =>
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
      await review(page);
      await page.getByRole("grid").focus();
      await page.keyboard.press("End");
      await page.locator('[data-entry="old_export"]').click();
      await opened(page);
    },
  },
  "review-connection": {
    reach: async (page) => {
      await review(page);
      await page.getByRole("grid").focus();
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
      await page.getByText("changed while you were looking").waitFor();
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
      await review(page);
      await page.getByRole("grid").focus();
      await page.keyboard.press("End");
      await button(page, /Accept as baseline/).click();
      await page.getByText("Who decided").waitFor();
    },
    settle: 300,
  },
  "review-empty": {
    start: { desk: "none" },
    reach: async (page) => {
      await review(page);
      await page.getByText("Nothing waits for you").waitFor();
    },
  },
  "review-loading": {
    start: { delay: 1200 },
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
      await review(page);
      await page.getByRole("grid").focus();
      await page.keyboard.press("End");
      await page.locator('[data-index="9999"]').waitFor();
    },
  },
};
