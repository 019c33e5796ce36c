import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { refusal } from "../../ipc/fake";
import { serverLine, show } from "../../test/show";

describe("refreshing all", () => {
  it("shows what waits, for how long, and stops when asked", async () => {
    const { fake, user } = show();
    await user.click(await screen.findByRole("button", { name: "Refresh all" }));
    expect(await screen.findByText("4 servers waiting, next: Sentry.")).toBeTruthy();
    expect(screen.getByRole("timer").textContent).toContain("Goes on in 41 s");
    await user.click(screen.getByRole("button", { name: "Stop" }));
    await waitFor(() => expect(screen.queryByText(/waiting, next/)).toBeNull());
    expect(fake.callsOf("refresh_all").length).toBe(1);
    expect(fake.callsOf("stop_refreshing").length).toBe(1);
  });

  it("names the server PostHog is reading", async () => {
    const { fake } = show();
    await serverLine("srv-linear");
    for (const { row } of fake.servers) if (row.id === "srv-linear") row.refreshing = true;
    fake.sync = { ...fake.sync, queue: ["srv-github"] };
    fake.emit({ kind: "servers" });
    expect(
      await screen.findByText("PostHog is reading Linear. 1 server waiting, next: GitHub."),
    ).toBeTruthy();
    expect(screen.getByRole("timer").textContent).toBe("");
  });

  it("is refused offline, with the reason", async () => {
    const { fake, user } = show({ offline: true });
    await user.click(await screen.findByRole("button", { name: /Refresh all.*You are offline/ }));
    expect(fake.callsOf("refresh_all")).toEqual([]);
  });

  it("tells a failure at its place", async () => {
    const { user } = show({}, (core) => core.fail("refresh_all", refusal("throttled")));
    await user.click(await screen.findByRole("button", { name: "Refresh all" }));
    expect(await screen.findByText("Too many requests.")).toBeTruthy();
  });
});

describe("what a server needs", () => {
  it.each([
    ["stale", { last_read_at: "2026-11-01T09:00:00Z" }, "Stale", "last read 1 Nov", "Refresh tools: Linear"],
    [
      "no tools and no word of a reading",
      { status: "never_read", last_read_at: null },
      "Perhaps never read",
      "PostHog does not say when",
      "Refresh tools: Linear",
    ],
    [
      "its last reading failed",
      { status: "last_read_failed", last_error: "Upstream MCP server timed out" },
      "Last read failed",
      "Upstream MCP server timed out",
      "Refresh tools: Linear",
    ],
    [
      "it refuses its login",
      { status: "last_read_failed", last_error: "Upstream initialize returned status 401" },
      "Last read failed",
      "status 401",
      "Log in again: Linear",
    ],
  ] as const)("%s: a word, a cause and one next step", async (_why, facts, word, cause, step) => {
    show({}, (core) => {
      for (const { row } of core.servers) if (row.id === "srv-linear") Object.assign(row, facts);
    });
    const line = await serverLine("srv-linear");
    expect(line.textContent).toContain(word);
    expect(line.textContent).toContain(cause);
    expect([...line.querySelectorAll("button")].map((one) => one.getAttribute("aria-label"))).toContain(step);
  });

  it("a step that fails is told", async () => {
    const { user } = show({}, (core) => core.fail("change_server", refusal("timeout")));
    await user.click(await screen.findByRole("button", { name: "Turn on: Warehouse" }));
    expect((await screen.findAllByText("Warehouse: No answer in time")).length).toBeGreaterThan(0);
  });
});
