import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { refusal } from "../../ipc/fake";
import { openServer, openTool, show } from "../../test/show";

const grid = () => screen.findByRole("grid");
const activeLine = async () => {
  const id = (await grid()).getAttribute("aria-activedescendant") ?? "";
  return document.getElementById(id);
};

describe("the page of a server", () => {
  it.each([
    ["srv-sentry", /PostHog says the login stopped working/],
    ["srv-atlas", /A login was begun and not finished/],
    ["srv-warehouse", /This server is switched off/],
    ["srv-github", /PostHog said: Upstream initialize returned status 401/],
  ])("%s says how it is doing", async (id, words) => {
    const { user } = show();
    await openServer(user, id);
    expect(await screen.findByText(words)).toBeTruthy();
  });

  it("offers a login when a server that looks connected cannot be read", async () => {
    const { fake, user } = show({}, (core) => {
      core.scheme = { owner: "hedgerow", other: "", declined: false };
    });
    await openServer(user, "srv-github");
    await user.click(await screen.findByRole("button", { name: "Log in again" }));
    await waitFor(() => expect(fake.callsOf("reconnect_server")).toEqual([{ server_id: "srv-github" }]));
  });

  it("says so when the server is gone", async () => {
    const { fake, user } = show();
    await openServer(user, "srv-linear");
    fake.servers = [];
    fake.emit({ kind: "servers" });
    expect(await screen.findByText("This server is not there any more")).toBeTruthy();
  });
});

describe("what a server claims about a tool", () => {
  it("is marked as its own word in the table and in the pane", async () => {
    const { user } = show();
    const pane = await openTool(user, "srv-sentry", "delete_project");
    expect(within(await grid()).getByText("Claims: destructive")).toBeTruthy();
    expect(
      within(pane).getByText(/^The server claims: it writes, destructive\. That is its own word/),
    ).toBeTruthy();
  });
});

describe("refreshing", () => {
  it("says what is going on and then that it is done", async () => {
    const { fake, user } = show();
    const release = fake.hold("refresh_server");
    await openServer(user, "srv-linear");
    const button = await screen.findByRole("button", { name: "Refresh tools" });
    await user.click(button);
    expect(await screen.findByText("Asking PostHog to read Linear again…")).toBeTruthy();
    await user.click(button);
    release();
    await waitFor(() => expect(screen.queryByText("Asking PostHog to read Linear again…")).toBeNull());
    expect((await screen.findAllByText("PostHog has read Linear again.")).length).toBeGreaterThan(0);
    expect(fake.callsOf("refresh_server").length).toBe(1);
  });

  it("tells a failure in the server's words and when to try again", async () => {
    const { user } = show({}, (core) =>
      core.fail("refresh_server", refusal("upstream", "Upstream MCP server timed out", { retry_after: 40 })),
    );
    await openServer(user, "srv-linear");
    await user.click(await screen.findByRole("button", { name: "Refresh tools" }));
    const note = (await screen.findByText(/PostHog could not read the server/)).parentElement;
    expect(note?.textContent).toContain("Try again in 40 s.");
    expect(note?.textContent).toContain("PostHog said: Upstream MCP server timed out");
  });

  it("that fails again says what the server said once, cut where it is long", async () => {
    const words = `Upstream initialize returned ${"no ".repeat(120)}status`;
    const { fake, user } = show({}, (core) => core.fail("refresh_server", refusal("upstream", words)));
    const github = fake.servers.find(({ row }) => row.id === "srv-github");
    if (github) github.row.last_error = words;
    await openServer(user, "srv-github");
    await user.click(await screen.findByRole("button", { name: "Refresh tools" }));
    await screen.findByText(/PostHog could not read the server/);
    expect(screen.getAllByText(/returned no no/).length).toBe(1);
    const more = screen.getByRole("button", { name: "Show all of it" });
    await user.click(more);
    expect(more.getAttribute("aria-expanded")).toBe("true");
  });

  it("is refused with a reason where it cannot work", async () => {
    const { fake, user } = show();
    await openServer(user, "srv-farm");
    const button = await screen.findByRole("button", { name: /Refresh tools.*Only the owner/ });
    await user.click(button);
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(fake.callsOf("refresh_server")).toEqual([]);
  });
});

describe("the table of tools", () => {
  it("holds 10,000 tools with few lines and says how many there are", async () => {
    const { fake, user } = show({ servers: "huge" });
    await openServer(user, "srv-huge");
    expect((await grid()).getAttribute("aria-rowcount")).toBe("10001");
    await waitFor(async () =>
      expect((await grid()).querySelectorAll("[data-tool]").length).toBeGreaterThan(10),
    );
    expect((await grid()).querySelectorAll("[role=row]").length).toBeLessThan(60);
    expect(fake.callsOf("list_tools").every(({ limit }) => limit <= 200)).toBe(true);
  });

  it("moves the active line by keys, and that line always exists", async () => {
    const { user } = show({ servers: "huge" });
    await openServer(user, "srv-huge");
    (await grid()).focus();
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}");
    expect((await activeLine())?.getAttribute("aria-rowindex")).toBe("3");
    await user.keyboard("{End}");
    await waitFor(async () => expect((await activeLine())?.getAttribute("aria-rowindex")).toBe("10001"));
    await waitFor(async () => expect((await activeLine())?.dataset.tool).toBe("restore_view_100"));
    await user.keyboard("{PageUp}");
    expect(Number((await activeLine())?.getAttribute("aria-rowindex"))).toBeLessThan(9_990);
    await user.keyboard("{Home}{ArrowUp}");
    expect((await activeLine())?.getAttribute("aria-rowindex")).toBe("2");
  });

  it("opens the pane with Enter, closes it with Escape, and gives the focus back", async () => {
    const { user } = show();
    await openServer(user, "srv-linear");
    await screen.findByText("delete_issue");
    (await grid()).focus();
    await user.keyboard("{Enter}");
    const pane = await screen.findByRole("complementary", { name: "Tool delete_issue" });
    expect(document.activeElement).toBe(pane);
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("complementary")).toBeNull();
    expect(document.activeElement).toBe(await grid());
  });

  it("takes the open pane along when the active line moves", async () => {
    const { user } = show();
    await openTool(user, "srv-linear", "delete_issue");
    (await grid()).focus();
    await user.keyboard("{ArrowDown}");
    expect(await screen.findByRole("complementary", { name: "Tool rename_issue" })).toBeTruthy();
    expect(document.activeElement).toBe(await grid());
  });

  it("opens a line that is far away once its page has come", async () => {
    const { user } = show({ servers: "huge" });
    await openServer(user, "srv-huge");
    (await grid()).focus();
    await user.keyboard("{End}{Enter}");
    expect(await screen.findByRole("complementary", { name: "Tool restore_view_100" })).toBeTruthy();
  });

  it("asks the core for the search and the filter, and announces how many were found", async () => {
    const { fake, user } = show();
    await openServer(user, "srv-linear");
    await user.click(await screen.findByRole("radio", { name: /Blocked/ }));
    await user.type(screen.getByRole("textbox", { name: /Search/ }), "archive_issue");
    await waitFor(async () => expect((await grid()).getAttribute("aria-rowcount")).toBe("2"));
    expect(fake.callsOf("list_tools").at(-1)).toMatchObject({
      search: "archive_issue",
      filter: "blocked",
      offset: 0,
    });
    expect(screen.getAllByRole("status").some((status) => status.textContent === "1 found")).toBe(true);
  });

  it("shows a state it does not know as PostHog said it", async () => {
    const { user } = show();
    await openServer(user, "srv-linear");
    expect(await within(await grid()).findByText("only_on_tuesdays")).toBeTruthy();
  });

  it("shows what a server sends as text, never as markup", async () => {
    const { user } = show({ servers: "hostile" });
    await openServer(user, "srv-long");
    expect(await screen.findByText("<img src=x onerror=alert(1)>")).toBeTruthy();
    expect(document.querySelector("main img")).toBeNull();
  });
});
