// States that are rare in use and easily forgotten: what is loading, failed, empty, held or put off.
import { activity, batch, importing, listed, opened, review } from "./reviewScenes.mjs";

const button = (page, name) => page.getByRole("button", { name, exact: typeof name === "string" });
const fake = (page, work, argument) => page.evaluate(work, argument);
const go = async (page, name) => {
  await page.getByRole("heading", { name: "Servers", exact: true }).waitFor();
  await page.getByRole("navigation").getByRole("button", { name }).click();
};
/** Everything is read anew, as after a change of project, so that a failure is not hidden by what is known. */
const failing = async (page, command) => {
  await fake(
    page,
    (name) => window.fake.fail(name, window.refusal("internal", "the ledger is locked")),
    command,
  );
  await fake(page, () => window.fake.emit({ kind: "boot" }));
};

export const moreScenes = {
  "review-elsewhere": {
    reach: async (page) => {
      await listed(page);
      await page.keyboard.press("End");
      await page.locator('[data-entry="list_project"]').click();
      await opened(page);
    },
  },
  "review-loosened": {
    reach: async (page) => {
      await listed(page);
      await page.locator('[data-entry="search_comment"]').click();
      await opened(page);
    },
  },
  "review-later": {
    reach: async (page) => {
      await listed(page);
      await page.locator('[data-entry="update_issue"]').click();
      await button(page, "Back in its place").waitFor();
    },
  },
  "review-group-menu": {
    reach: async (page) => {
      await listed(page);
      await button(page, /^More about Changed while allowed/).click();
      await page.getByRole("menuitem", { name: "Later" }).waitFor();
    },
    settle: 300,
  },
  "review-undone": {
    reach: async (page) => {
      await fake(page, () => {
        window.fake.answerItem = (item) => {
          item.problem = window.refusal("ceiling", "A team admin set a stricter ceiling for this tool.");
          return "refused";
        };
      });
      await review(page);
      await page.locator('[data-entry="create_issue"]').click();
      await button(page, "Allow").click();
      await page.getByText("PostHog answered: Allowed.").waitFor();
      await button(page, /^Undo/).click();
      await page.getByText("not taken back").waitFor();
    },
  },
  "review-resting": {
    reach: async (page) => {
      await fake(page, () => {
        Object.assign(window.fake.desk.watch, { rests: "budget", next: null, next_ms: null });
        window.fake.emit({ kind: "review" });
      });
      await review(page);
      await opened(page);
      await page.getByText("rests: PostHog’s limit").waitFor();
    },
  },
  "tool-history": {
    reach: async (page) => {
      await page.getByRole("heading", { name: "Servers", exact: true }).waitFor();
      await page.locator("[data-server]").getByRole("button", { name: "Linear", exact: true }).click();
      await page.locator('[data-tool="rename_issue"]').click();
      await page.getByText("History on this machine").scrollIntoViewIfNeeded();
      await page.getByText("First seen").scrollIntoViewIfNeeded();
    },
  },
  "bulk-paused": {
    start: { held: true },
    reach: (page) => batch(page, { view: { state: "paused", can_undo: true } }),
    settle: 300,
  },
  "bulk-stopped": {
    start: { held: true },
    reach: (page) =>
      batch(page, {
        results: { as_asked: 23, skipped: 63 },
        view: { state: "stopped", can_undo: true },
      }),
    settle: 300,
  },
  "activity-loading": {
    reach: async (page) => {
      await page.getByRole("heading", { name: "Servers", exact: true }).waitFor();
      await fake(page, () => void window.fake.hold("list_activity"));
      await go(page, "Activity");
      await page.getByText("Reading Activity").waitFor({ state: "attached" });
    },
  },
  "activity-error": {
    reach: async (page) => {
      await fake(page, () =>
        window.fake.fail("list_activity", window.refusal("internal", "the ledger is locked")),
      );
      await activity(page);
      await page.getByText("Activity could not be shown").waitFor();
    },
  },
  "catalog-loading": {
    reach: async (page) => {
      await fake(page, () => {
        window.fake.hold("list_catalog");
        window.fake.emit({ kind: "boot" });
      });
      await go(page, "Catalog");
      await page.getByRole("heading", { name: "Catalog", level: 1 }).waitFor();
    },
    settle: 300,
  },
  "catalog-error": {
    reach: async (page) => {
      await fake(page, () => {
        window.fake.catalogState = {
          fetching: false,
          problem: window.refusal("posthog_failed", "status 502"),
        };
        window.fake.emit({ kind: "catalog" });
      });
      await go(page, "Catalog");
      await page.getByText("PostHog failed.").waitFor();
    },
  },
  "catalog-failed": {
    reach: async (page) => {
      await failing(page, "list_catalog");
      await go(page, "Catalog");
      await button(page, "Try again").waitFor();
    },
  },
  "catalog-empty": {
    reach: async (page) => {
      await fake(page, () => {
        window.fake.catalog = [];
        window.fake.emit({ kind: "catalog" });
      });
      await go(page, "Catalog");
      await page.getByText("The catalog is empty").waitFor();
    },
  },
  "server-never-read": {
    reach: async (page) => {
      await fake(page, () => {
        const github = window.fake.servers.find(({ row }) => row.id === "srv-github");
        github.tools = [];
        const counts = Object.fromEntries(Object.keys(github.row.counts).map((key) => [key, 0]));
        const never = { status: "never_read", last_error: "", last_read_at: null, seen_at: null };
        Object.assign(github.row, { counts, ...never });
        window.fake.emit({ kind: "servers" });
        window.fake.emit({ kind: "tools", server_id: "srv-github" });
      });
      await page.getByRole("heading", { name: "Servers", exact: true }).waitFor();
      await page.locator("[data-server]").getByRole("button", { name: "GitHub", exact: true }).click();
      await page.getByText("PostHog does not say when it last read").first().waitFor();
    },
  },
  "settings-import-refused": {
    reach: async (page) => {
      await fake(page, () => {
        const words = "line 3: tools[0].decision is no decision";
        window.fake.fail("plan_import", window.refusal("invalid", words, { field: "text" }));
      });
      await importing("policy", "Close")(page);
    },
    settle: 300,
  },
};
