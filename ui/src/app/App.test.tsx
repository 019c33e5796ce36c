import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { refusal } from "../ipc/fake";
import { openServer, serverLine, show } from "../test/show";

const openMenu = async (user: ReturnType<typeof show>["user"]) => {
  await user.click(await screen.findByRole("button", { name: /Switch project/ }));
  return screen.findByRole("menu");
};

describe("starting", () => {
  it("says why when it cannot start, and tries again", async () => {
    const { fake, user } = show({}, (core) => core.fail("boot", refusal("in_use")));
    expect(await screen.findByText("Hedgerow is already running.")).toBeTruthy();
    fake.fail("boot", null);
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await serverLine("srv-linear")).toBeTruthy();
  });

  it.each([
    ["cache_set_aside", /was set aside and is being read again/],
    ["crashed_before", /stopped unexpectedly last time/],
  ] as const)("says %s once", async (notice, words) => {
    const { user } = show({}, (core) => {
      core.notice = notice;
    });
    expect(await screen.findByText(words)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Dismiss" }));
    expect(screen.queryByText(words)).toBeNull();
  });
});

it("says when a part of the app crashed", async () => {
  const { fake } = show();
  await serverLine("srv-linear");
  fake.emit({ kind: "crashed" });
  expect(await screen.findByText(/A part of Hedgerow stopped; the log has a trace/)).toBeTruthy();
});

it("reports an error of a view to the log, says so, and keeps the rest usable", async () => {
  const quiet = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { fake, user } = show();
  const broken = fake.servers[2]?.tools[0];
  if (broken) Object.assign(broken, { parameters: null });
  await openServer(user, "srv-linear");
  await user.click(await screen.findByText("delete_issue"));
  expect(await screen.findByText("This view stopped working")).toBeTruthy();
  await waitFor(() => expect(fake.callsOf("report_ui_error")[0]?.message).toContain("TypeError"));
  await user.click(within(screen.getByRole("navigation")).getByRole("button", { name: /Servers/ }));
  expect(await serverLine("srv-linear")).toBeTruthy();
  quiet.mockRestore();
});

it("reports what no view caught", async () => {
  const { fake } = show();
  await serverLine("srv-linear");
  window.dispatchEvent(new ErrorEvent("error", { error: new RangeError("out of nowhere") }));
  await waitFor(() =>
    expect(fake.callsOf("report_ui_error")[0]?.message).toContain("RangeError: out of nowhere"),
  );
});

describe("projects", () => {
  it("switch, and nothing of the project before stays", async () => {
    const { fake, user } = show();
    await serverLine("srv-linear");
    const menu = await openMenu(user);
    fake.servers = [];
    await user.click(within(menu).getByRole("menuitemradio", { name: /Acme staging/ }));
    expect(await screen.findByText("No servers in this project yet")).toBeTruthy();
    expect(screen.getByRole("button", { name: /Acme staging.*project 43/ })).toBeTruthy();
  });

  it("signing out asks first, then leads to the sign-in", async () => {
    const { fake, user } = show();
    const menu = await openMenu(user);
    await user.click(within(menu).getByRole("menuitem", { name: "Sign out…" }));
    const question = await screen.findByRole("dialog", { name: "Sign out?" });
    expect(fake.callsOf("sign_out")).toEqual([]);
    await user.click(within(question).getByRole("button", { name: "Sign out" }));
    expect(await screen.findByLabelText("Personal API key")).toBeTruthy();
    expect(fake.callsOf("sign_out")).toEqual([{ account: "acc-ana" }]);
  });

  it("adding an account can be left again", async () => {
    const { user } = show();
    const menu = await openMenu(user);
    await user.click(within(menu).getByRole("menuitem", { name: "Add an account" }));
    await user.click(await screen.findByRole("button", { name: "Back to the project" }));
    expect(await serverLine("srv-linear")).toBeTruthy();
  });
});

describe("the rail", () => {
  it("leads only to what works", async () => {
    show();
    await serverLine("srv-linear");
    const rail = screen.getByRole("navigation", { name: "Hedgerow" });
    expect(within(rail).queryByRole("button", { name: "Tools" })).toBeNull();
    for (const name of [/^Review/, /^Servers/, "Catalog", "Activity"])
      expect(within(rail).getByRole("button", { name })).toBeTruthy();
  });

  it("says how fresh everything is and reads again when asked", async () => {
    const { fake, user } = show();
    expect(await screen.findByText("Up to date · 2 min ago")).toBeTruthy();
    fake.sync = { ...fake.sync, running: true, done: 3, total: 6 };
    fake.emit({ kind: "servers" });
    expect(await screen.findByText("Reading 3 of 6…")).toBeTruthy();
    fake.sync = { ...fake.sync, running: false };
    fake.emit({ kind: "servers" });
    await screen.findByText("Up to date · 2 min ago");
    await user.click(screen.getByRole("button", { name: "Read everything again" }));
    expect(await screen.findByText("Up to date · just now")).toBeTruthy();
  });
});
