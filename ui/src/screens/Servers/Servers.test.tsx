import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { refusal } from "../../ipc/fake";
import { openServer, serverLine, show } from "../../test/show";

const lines = async () => {
  const list = await screen.findByRole("region", { name: "List of servers" });
  return [...list.querySelectorAll<HTMLElement>("[data-server]")].map((line) => line.dataset.server);
};

describe("the list of servers", () => {
  it("says of each what it is, how it is and what its tools may do", async () => {
    show();
    const linear = await serverLine("srv-linear");
    expect(linear.textContent).toContain("mcp.linear.app · browser login");
    expect(linear.textContent).toContain("38 tools · 12 allowed");
    expect(linear.textContent).toContain("read 1 h ago");
    expect(within(linear).getByRole("img").getAttribute("aria-label")).toBe(
      "12 allowed, 22 ask first, 4 blocked",
    );
    expect((await serverLine("srv-farm")).textContent).toContain("key · shared with you");
  });

  it.each([
    ["srv-sentry", "Log in again: Sentry"],
    ["srv-atlas", "Finish connecting: Atlassian"],
    ["srv-warehouse", "Turn on: Warehouse"],
    ["srv-github", "Log in again: GitHub"],
    ["srv-linear", "Open Linear"],
    ["srv-farm", "Open Build farm"],
  ])("offers what %s needs", async (id, name) => {
    show();
    expect(within(await serverLine(id)).getByRole("button", { name })).toBeTruthy();
  });

  it("narrows by chip and by words, and announces how many are left", async () => {
    const { user } = show();
    await user.click(await screen.findByRole("radio", { name: /Need you/ }));
    expect(await lines()).toEqual(["srv-sentry", "srv-atlas"]);
    await user.type(screen.getByLabelText("Search 7 servers"), "atlas");
    expect(await lines()).toEqual(["srv-atlas"]);
    expect(screen.getAllByRole("status").some((status) => status.textContent === "1 of 7")).toBe(true);
    await user.keyboard("{Escape}");
    expect(await lines()).toEqual(["srv-sentry", "srv-atlas"]);
  });

  it("shows a way back when nothing matches", async () => {
    const { user } = show();
    await user.type(await screen.findByLabelText("Search 7 servers"), "zzz");
    await user.click(await screen.findByRole("button", { name: "Show all servers" }));
    expect((await lines()).length).toBe(7);
  });

  it("reads again when the core says that servers changed", async () => {
    const { fake } = show();
    await serverLine("srv-linear");
    fake.servers = fake.servers.filter(({ row }) => row.id !== "srv-linear");
    fake.emit({ kind: "servers" });
    await waitFor(async () => expect(await lines()).not.toContain("srv-linear"));
  });
});

describe("when there is nothing to list", () => {
  it("an empty project leads to the catalog", async () => {
    const { user } = show({ servers: "none" });
    expect(await screen.findByText("No servers in this project yet")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Open the catalog" }));
    expect(await screen.findByRole("heading", { name: "Catalog", level: 1 })).toBeTruthy();
  });

  it("a project that was never read is not called empty", async () => {
    const { fake, user } = show({ servers: "none" }, (core) => {
      core.sync = { ...core.sync, last_success_at: null };
    });
    await user.click(await screen.findByRole("button", { name: "Read now" }));
    expect(screen.queryByText("No servers in this project yet")).toBeNull();
    await waitFor(() => expect(fake.callsOf("sync_now").length).toBe(1));
  });

  it("a failure has its words and can be tried again", async () => {
    const { fake, user } = show({}, (core) =>
      core.fail("list_servers", refusal("internal", "database is locked")),
    );
    expect((await screen.findByText(/Something in Hedgerow failed/)).closest("div")?.textContent).toContain(
      "database is locked",
    );
    fake.fail("list_servers", null);
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await serverLine("srv-linear")).toBeTruthy();
  });
});

describe("when PostHog cannot be reached", () => {
  it("says how old what is shown is, and tries again when asked", async () => {
    const { fake, user } = show({ offline: true });
    expect((await screen.findByText("Offline.")).parentElement?.textContent).toMatch(
      /This is what PostHog said at .* today, 40 min ago/,
    );
    await user.click(screen.getByRole("button", { name: "Try now" }));
    await waitFor(() => expect(fake.callsOf("sync_now").length).toBe(1));
    expect(await serverLine("srv-linear")).toBeTruthy();
  });

  it("a lost key leads to the sign-in, and back to the same project", async () => {
    const { fake, user } = show({}, (core) => {
      core.sync = { ...core.sync, problem: refusal("signed_out") };
    });
    await user.click(await screen.findByRole("button", { name: "Sign in again" }));
    await user.type(await screen.findByLabelText("Personal API key"), "phx_x{Enter}");
    expect(await serverLine("srv-linear")).toBeTruthy();
    expect(fake.active).toEqual({ account: "acc-ana", project: 42 });
  });
});

it("opens a server from its line and from the rail", async () => {
  const { user } = show();
  await openServer(user, "srv-linear");
  expect(await screen.findByRole("heading", { name: "Linear", level: 1 })).toBeTruthy();
  await user.click(within(screen.getByRole("navigation")).getByRole("button", { name: /GitHub/ }));
  expect(await screen.findByRole("heading", { name: "GitHub", level: 1 })).toBeTruthy();
  await waitFor(() => expect(document.title).toBe("GitHub · Hedgerow"));
});
