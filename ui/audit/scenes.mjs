// Every screen and state worth a look: how the fake starts, and how a person gets there.
import { moreScenes } from "./moreScenes.mjs";
import { reviewScenes } from "./reviewScenes.mjs";

const button = (page, name) => page.getByRole("button", { name, exact: typeof name === "string" });
const fake = (page, work, argument) => page.evaluate(work, argument);

const servers = (page) => page.getByRole("heading", { name: "Servers", exact: true }).waitFor();
const openServer = async (page, name) => {
  await servers(page);
  await page.locator(`[data-server]`).getByRole("button", { name, exact: true }).click();
  await page.getByRole("heading", { name, exact: true, level: 1 }).waitFor();
};
const openTool = async (page, server, tool) => {
  await openServer(page, server);
  await page.locator(`[data-tool="${tool}"]`).click();
  await page.getByRole("radiogroup", { name: "Decision" }).waitFor();
};
const catalog = async (page) => {
  await servers(page);
  await page.getByRole("navigation").getByRole("button", { name: "Catalog" }).click();
  await page.locator("[data-template]").first().waitFor();
};
const connect = async (page, name) => {
  await catalog(page);
  await button(page, `Connect ${name}`).click();
};
const flow = async (page, change) => {
  await fake(page, () => window.fake.call("claim_scheme", {}));
  await connect(page, "Notion");
  await page.getByRole("dialog").waitFor();
  if (change) await fake(page, (to) => window.fake.moveFlow("flow-1", to), change);
};

const more = async (page, server, action) => {
  await openServer(page, server);
  await button(page, `More about ${server}`).click();
  await page.getByRole("menu").waitFor();
  if (!action) return;
  await page.getByRole("menuitem", { name: action }).click();
  await page.getByRole("dialog").waitFor();
};
const addByUrl = async (page, url) => {
  await servers(page);
  await button(page, "Add by URL").click();
  await page.getByRole("dialog").waitFor();
  await page.getByLabel("Address of the MCP server").fill(url);
  await page.getByRole("textbox", { name: "Name" }).focus();
};
const settings = async (page) => {
  await servers(page);
  await button(page, "Settings").click();
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
};

export const scenes = {
  signin: { start: { signedIn: false }, reach: (page) => page.getByLabel("Personal API key").waitFor() },
  "signin-own-error": {
    start: { signedIn: false },
    reach: async (page) => {
      await page.getByRole("radio", { name: "Own host" }).click();
      await page.getByLabel("Address of your PostHog").fill("https://posthog.acme.example");
      await fake(page, () =>
        window.fake.fail("sign_in_key", window.refusal("missing_scope", "project:read", { field: "key" })),
      );
      await page.getByLabel("Personal API key").fill("phx_of_no_use");
      await button(page, "Sign in").click();
      await page.getByRole("alert").waitFor();
    },
  },
  "signin-no-keyring": {
    start: { signedIn: false, keyring: "absent" },
    reach: (page) => page.getByLabel("Keep it for this run only").waitFor(),
  },
  "signin-busy": {
    start: { signedIn: false },
    reach: async (page) => {
      await fake(page, () => void window.fake.hold("sign_in_key"));
      await page.getByLabel("Personal API key").fill("phx_x");
      await button(page, "Sign in").click();
      await page.getByText("Checking the key").waitFor();
    },
  },
  "signin-choose": {
    start: { signedIn: false },
    reach: async (page) => {
      await page.getByLabel("Personal API key").fill("phx_choose");
      await button(page, "Sign in").click();
      await page.getByRole("heading", { name: "Choose a project" }).waitFor();
    },
  },
  servers: { reach: servers },
  "servers-loading": {
    start: { delay: 1500 },
    reach: (page) => page.getByText("Reading the servers").waitFor({ state: "attached" }),
  },
  "servers-empty": {
    start: { servers: "none" },
    reach: (page) => page.getByText("No servers in this project yet").waitFor(),
  },
  "servers-offline": { start: { offline: true }, reach: (page) => page.getByText("Offline.").waitFor() },
  "servers-error": {
    reach: async (page) => {
      await servers(page);
      await fake(page, () => {
        window.fake.fail("list_servers", window.refusal("internal", "the cache is locked"));
        window.fake.emit({ kind: "boot" });
        window.fake.call("choose_project", { account: "acc-ana", project: 43 });
      });
      await page.getByText("could not be shown").waitFor();
    },
  },
  "servers-crashed": {
    reach: async (page) => {
      await servers(page);
      await fake(page, () => window.fake.emit({ kind: "crashed" }));
      await page.getByText("A part of Hedgerow stopped").waitFor();
    },
  },
  "servers-hostile": { start: { servers: "hostile" }, reach: servers },
  "project-menu": {
    reach: async (page) => {
      await servers(page);
      await button(page, /Switch project/).click();
      await page.getByRole("menu").waitFor();
    },
    settle: 300,
  },
  "sign-out": {
    reach: async (page) => {
      await servers(page);
      await button(page, /Switch project/).click();
      await page.getByRole("menuitem", { name: "Sign out…" }).click();
      await page.getByRole("dialog").waitFor();
    },
    settle: 300,
  },
  sample: {
    start: { signedIn: false },
    reach: async (page) => {
      await button(page, /Explore a sample project/).click();
      await servers(page);
    },
  },
  server: { reach: (page) => openServer(page, "Linear") },
  "server-login": { reach: (page) => openServer(page, "Sentry") },
  "server-finish": { reach: (page) => openServer(page, "Atlassian") },
  "server-failed": { reach: (page) => openServer(page, "GitHub") },
  "server-off": { reach: (page) => openServer(page, "Warehouse") },
  "server-off-for-team": { reach: (page) => openServer(page, "Wiki") },
  "server-shared": { reach: (page) => openTool(page, "Build farm", "list_issue") },
  "server-offline": { start: { offline: true }, reach: (page) => openTool(page, "Linear", "delete_issue") },
  "server-refresh-error": {
    reach: async (page) => {
      await openServer(page, "Linear");
      await fake(page, () =>
        window.fake.fail(
          "refresh_server",
          window.refusal(
            "upstream",
            "Could not refresh tools from the upstream MCP server: Upstream MCP server timed out",
            { retry_after: 40 },
          ),
        ),
      );
      await button(page, "Refresh tools").click();
      await page.getByText("PostHog could not read the server").waitFor();
    },
  },
  "server-refreshing": {
    reach: async (page) => {
      await openServer(page, "Linear");
      await fake(page, () => void window.fake.hold("refresh_server"));
      await button(page, "Refresh tools").click();
      await page.getByText("Asking PostHog to read").waitFor();
    },
  },
  "tool-changed": { reach: (page) => openTool(page, "Linear", "rename_issue") },
  "tool-ceiling": { reach: (page) => openTool(page, "Linear", "delete_issue") },
  "tool-unknown": { reach: (page) => openTool(page, "Linear", "triage") },
  "tool-json": {
    reach: async (page) => {
      await openTool(page, "Linear", "rename_issue");
      await button(page, "As JSON").click();
    },
  },
  "tool-decided": {
    reach: async (page) => {
      await openTool(page, "Linear", "get_issue");
      await page.locator('[data-decision="do_not_use"]').click();
      await page.getByText("PostHog answered: Blocked").waitFor();
    },
  },
  "tool-kept": {
    reach: async (page) => {
      await openTool(page, "Linear", "get_issue");
      await fake(page, () => {
        window.fake.answerDecision = (tool) => ({ row: tool.row, outcome: "kept_otherwise" });
      });
      await page.locator('[data-decision="do_not_use"]').click();
      await page.getByText("PostHog keeps").waitFor();
    },
  },
  "tool-failed": {
    reach: async (page) => {
      await openTool(page, "Linear", "get_issue");
      await fake(page, () =>
        window.fake.fail(
          "decide",
          window.refusal("throttled", "Request was throttled.", { retry_after: 17 }),
        ),
      );
      await page.locator('[data-decision="do_not_use"]').click();
      await page.getByText("Too many requests").waitFor();
    },
  },
  "tool-hostile": {
    start: { servers: "hostile" },
    reach: async (page) => {
      await servers(page);
      await page.locator('[data-server="srv-long"] button').first().click();
      await page.locator("[data-tool]").first().click();
      await page.getByRole("radiogroup", { name: "Decision" }).waitFor();
    },
  },
  "tools-none": {
    reach: async (page) => {
      await openServer(page, "Linear");
      await page.getByLabel(/Search \d+ tools/).fill("nothing is called this");
      await page.getByText("No tool matches").waitFor();
    },
  },
  "tools-10000": {
    start: { servers: "huge" },
    reach: async (page) => {
      await openServer(page, "Huge");
      await page.getByRole("grid").focus();
      await page.keyboard.press("End");
      await page.locator('[aria-rowindex="10001"][data-tool]').waitFor();
    },
  },
  catalog: { reach: catalog },
  "catalog-none": {
    reach: async (page) => {
      await catalog(page);
      await page.getByLabel("Search the catalog").fill("zzz");
      await page.getByText("Nothing in the catalog matches").waitFor();
    },
  },
  "connect-scheme": {
    reach: async (page) => {
      await connect(page, "Notion");
      await page.getByRole("dialog", { name: "May Hedgerow open PostHog’s links?" }).waitFor();
    },
    settle: 300,
  },
  "connect-key": {
    reach: async (page) => {
      await connect(page, "Browserbase");
      await page.getByLabel("API key from Browserbase").fill("a-key-of-no-use");
    },
    settle: 300,
  },
  "connect-waiting": { reach: (page) => flow(page), settle: 300 },
  "connect-no-browser": { reach: (page) => flow(page, { browser_failed: true }), settle: 300 },
  "connect-reading": { reach: (page) => flow(page, { step: "reading_tools" }), settle: 300 },
  "connect-connected": {
    reach: (page) => flow(page, { step: "connected", server_id: "srv-linear", tools_found: 12 }),
    settle: 300,
  },
  "connect-denied": {
    reach: (page) =>
      flow(page, {
        step: "failed",
        problem: { code: "denied", message: "access_denied", field: null, retry_after: null },
      }),
    settle: 300,
  },
  "connect-expired": { reach: (page) => flow(page, { step: "expired" }), settle: 300 },
  "connect-cancelled": { reach: (page) => flow(page, { step: "cancelled" }), settle: 300 },
  "connect-chip": {
    reach: async (page) => {
      await flow(page);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    },
    settle: 300,
  },
  "connect-toast": {
    reach: async (page) => {
      await flow(page);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await fake(page, () => window.fake.finishFlow("flow-1"));
      await page.getByText("Notion is connected").first().waitFor();
    },
    settle: 400,
  },
  "servers-queue": {
    reach: async (page) => {
      await servers(page);
      await button(page, "Refresh all").click();
      await page.getByRole("button", { name: "Stop" }).waitFor();
    },
  },
  "servers-statuses": {
    reach: async (page) => {
      await servers(page);
      await fake(page, () => {
        const [, , linear, github] = window.fake.servers;
        linear.row.last_read_at = "2026-11-01T09:00:00Z";
        github.row.status = "never_read";
        github.row.last_read_at = null;
        github.row.last_error = "";
        window.fake.emit({ kind: "servers" });
      });
      await page.getByText("Stale").waitFor();
    },
  },
  "server-stale": {
    reach: async (page) => {
      await servers(page);
      await fake(page, () => {
        window.fake.servers[2].row.last_read_at = "2026-11-01T09:00:00Z";
        window.fake.emit({ kind: "servers" });
      });
      await openServer(page, "Linear");
    },
  },
  "manage-menu": { reach: (page) => more(page, "Linear"), settle: 300 },
  "manage-menu-refused": { reach: (page) => more(page, "Build farm"), settle: 300 },
  "manage-menu-off": { reach: (page) => more(page, "Warehouse"), settle: 300 },
  "manage-rename": {
    reach: async (page) => {
      await more(page, "Linear", "Rename and describe…");
      await page.getByRole("textbox", { name: "Name" }).fill("A name that is much too long ".repeat(10));
      await page.getByText("A name may have").first().waitFor();
    },
    settle: 300,
  },
  "manage-off": { reach: (page) => more(page, "Linear", "Turn off…"), settle: 300 },
  "manage-share-refused": {
    reach: async (page) => {
      await more(page, "Linear", "Share with the project…");
      await fake(page, () =>
        window.fake.fail(
          "share_server",
          window.refusal("forbidden", "Only project admins can share MCP servers with the project."),
        ),
      );
      await button(page, "Share").click();
      await page.getByRole("alert").waitFor();
    },
    settle: 300,
  },
  "manage-remove": { reach: (page) => more(page, "Linear", "Remove…"), settle: 300 },
  "manage-remove-hostile": {
    start: { servers: "hostile" },
    reach: async (page) => {
      await servers(page);
      await page.locator('[data-server="srv-long"] button').first().click();
      await button(page, /^More about/).click();
      await page.getByRole("menuitem", { name: "Remove…" }).click();
      await page.getByRole("dialog").waitFor();
    },
    settle: 300,
  },
  "add-url": { reach: (page) => addByUrl(page, ""), settle: 300 },
  "add-url-bad": {
    reach: async (page) => {
      await addByUrl(page, "ftp://mcp.acme.example");
      await page.getByRole("alert").waitFor();
    },
    settle: 300,
  },
  "add-url-installed": {
    reach: async (page) => {
      await addByUrl(page, "https://mcp.linear.app/mcp");
      await page.getByText("You already have this address").waitFor();
    },
    settle: 300,
  },
  "add-url-advanced": {
    reach: async (page) => {
      await addByUrl(page, "http://mcp.acme.example/mcp");
      await button(page, "Advanced").click();
      await page.getByLabel("Client secret").waitFor();
    },
    settle: 300,
  },
  "add-url-key": {
    reach: async (page) => {
      await addByUrl(page, "https://mcp.acme.example/mcp");
      await page.getByRole("radio", { name: "With a key" }).click();
      await page.getByRole("textbox", { name: "Key" }).waitFor();
    },
    settle: 300,
  },
  "add-url-scheme": {
    reach: async (page) => {
      await addByUrl(page, "https://mcp.acme.example/mcp");
      await page.waitForTimeout(100);
      await button(page, "Add server").click();
      await page.getByRole("dialog", { name: "May Hedgerow open PostHog’s links?" }).waitFor();
    },
    settle: 300,
  },
  "catalog-offline": { start: { offline: true }, reach: catalog },
  ...reviewScenes,
  ...moreScenes,
  settings: { reach: settings },
  "settings-locked": {
    start: { keyring: "locked" },
    reach: async (page) => {
      await settings(page);
      await fake(page, () => {
        window.fake.accounts[0].has_key = false;
        window.fake.scheme = { owner: "hedgerow", other: "", declined: false };
        window.fake.emit({ kind: "boot" });
      });
      await page.getByText("is gone").waitFor();
    },
  },
  "settings-remove": {
    reach: async (page) => {
      await settings(page);
      await button(page, "Remove my data…").click();
      await page.getByRole("dialog").waitFor();
    },
    settle: 300,
  },
};
