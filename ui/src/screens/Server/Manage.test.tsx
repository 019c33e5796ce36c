import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type Fake, refusal } from "../../ipc/fake";
import { openServer, show } from "../../test/show";

async function openMore(id: string, name: string, prepare: (core: Fake) => void = () => {}, offline = false) {
  const shown = show({ offline }, prepare);
  await openServer(shown.user, id);
  await shown.user.click(await screen.findByRole("button", { name: `More about ${name}` }));
  return { ...shown, menu: await screen.findByRole("menu") };
}

async function ask(id: string, name: string, action: string, prepare?: (core: Fake) => void) {
  const shown = await openMore(id, name, prepare);
  await shown.user.click(within(shown.menu).getByRole("menuitem", { name: action }));
  return { ...shown, dialog: await screen.findByRole("dialog") };
}

const linear = (fake: Fake) => fake.servers.find(({ row }) => row.id === "srv-linear")?.row;
const owned = (core: Fake) => {
  core.scheme = { owner: "hedgerow", other: "", declined: false };
};

describe("renaming and describing", () => {
  it("sends only what was changed and says what PostHog answered", async () => {
    const { fake, user, dialog } = await ask("srv-linear", "Linear", "Rename and describe…");
    const name = within(dialog).getByLabelText("Name");
    await user.clear(name);
    await user.type(name, " Issues{Enter}");
    expect((await screen.findAllByText("PostHog answered: it is called Issues.")).length).toBeGreaterThan(0);
    expect(await screen.findByRole("heading", { name: "Issues", level: 1 })).toBeTruthy();
    expect(fake.callsOf("change_server")).toEqual([
      { server_id: "srv-linear", name: "Issues", description: null, enabled: null },
    ]);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("sends nothing while nothing is changed or a text is too long", async () => {
    const { fake, user, dialog } = await ask("srv-linear", "Linear", "Rename and describe…");
    expect(within(dialog).getByRole("button", { name: /Save.*Nothing is changed yet/ })).toBeTruthy();
    const name = within(dialog).getByLabelText("Name");
    await user.click(name);
    await user.paste("x".repeat(250));
    expect((await within(dialog).findByRole("alert")).textContent).toBe(
      "A name may have 200 characters; this has 256 characters.",
    );
    await user.type(name, "{Enter}");
    expect(fake.callsOf("change_server")).toEqual([]);
  });

  it("shows a refusal at its field and keeps what was typed", async () => {
    const { user, dialog } = await ask("srv-linear", "Linear", "Rename and describe…", (core) =>
      core.fail("change_server", refusal("invalid", "This name is taken.", { field: "name" })),
    );
    const name = within(dialog).getByLabelText<HTMLInputElement>("Name");
    await user.type(name, " two{Enter}");
    expect((await within(dialog).findByRole("alert")).textContent).toContain("This name is taken.");
    expect(name.getAttribute("aria-invalid")).toBe("true");
    expect(name.value).toBe("Linear two");
  });
});

describe("turning a server off and on", () => {
  it("off asks first and says what it means, then what PostHog answered", async () => {
    const { fake, user, dialog } = await ask("srv-linear", "Linear", "Turn off…");
    expect(dialog.textContent).toContain("Agents cannot use its tools while it is off");
    expect(fake.callsOf("change_server")).toEqual([]);
    const release = fake.hold("change_server");
    const button = within(dialog).getByRole("button", { name: "Turn off" });
    await user.click(button);
    await waitFor(() => expect(button.getAttribute("aria-busy")).toBe("true"));
    release();
    expect((await screen.findAllByText("PostHog answered: Linear is off.")).length).toBeGreaterThan(0);
    expect(linear(fake)?.status).toBe("off");
  });

  it("a server that is off has Turn on as its next step", async () => {
    const { fake, user } = show();
    await openServer(user, "srv-warehouse");
    await user.click(await screen.findByRole("button", { name: "Turn on" }));
    expect((await screen.findAllByText("PostHog answered: Warehouse is on.")).length).toBeGreaterThan(0);
    expect(fake.callsOf("change_server")).toEqual([
      { server_id: "srv-warehouse", name: null, description: null, enabled: true },
    ]);
  });

  it("says so when PostHog keeps it off", async () => {
    const { fake, user } = show();
    await openServer(user, "srv-warehouse");
    const row = fake.servers.find((one) => one.row.id === "srv-warehouse")?.row;
    if (row) Object.defineProperty(row, "status", { get: () => "off", set: () => {}, enumerable: true });
    await user.click(await screen.findByRole("button", { name: "Turn on" }));
    expect((await screen.findAllByText("PostHog keeps Warehouse off.")).length).toBeGreaterThan(0);
  });

  it("tells a failure at its place", async () => {
    const { user } = show({}, (core) => core.fail("change_server", refusal("timeout")));
    await openServer(user, "srv-warehouse");
    await user.click(await screen.findByRole("button", { name: "Turn on" }));
    expect(await screen.findByText("No answer in time.")).toBeTruthy();
  });
});

describe("sharing", () => {
  it("says whose login it is before it shares", async () => {
    const { fake, user, dialog } = await ask("srv-linear", "Linear", "Share with the project…");
    expect(dialog.textContent).toContain("through your login");
    expect(dialog.textContent).toContain("Only project admins may share");
    await user.click(within(dialog).getByRole("button", { name: "Share" }));
    expect(
      (await screen.findAllByText("PostHog answered: Linear is shared with the project.")).length,
    ).toBeGreaterThan(0);
    expect(fake.callsOf("share_server")).toEqual([{ server_id: "srv-linear", shared: true }]);
  });

  it("takes back what is shared", async () => {
    const { fake, user, dialog } = await ask(
      "srv-linear",
      "Linear",
      "Take back from the project…",
      (core) => {
        const row = linear(core);
        if (row) row.shared = true;
      },
    );
    await user.click(within(dialog).getByRole("button", { name: "Take back" }));
    await waitFor(() => expect(linear(fake)?.shared).toBe(false));
    expect(fake.callsOf("share_server")).toEqual([{ server_id: "srv-linear", shared: false }]);
  });

  it("is not to be had from a PostHog that is too old for it, and the menu says so", async () => {
    const { menu } = await openMore("srv-linear", "Linear", (core) => {
      core.canShare = false;
    });
    const item = within(menu).getByRole("menuitem", { name: /^Share with the project/ });
    expect(item.getAttribute("aria-disabled")).toBe("true");
    expect(item.textContent).toContain("This version of PostHog cannot share servers with a project.");
    const off = within(menu).getByRole("menuitem", { name: "Turn off…" });
    expect(off.getAttribute("aria-disabled")).not.toBe("true");
  });

  it.each([
    ["forbidden", "Only project admins can share MCP servers with the project."],
    ["conflict", "A shared connection for this server already exists in this project."],
  ] as const)("tells PostHog's %s in the dialog", async (code, message) => {
    const { fake, user, dialog } = await ask("srv-linear", "Linear", "Share with the project…", (core) =>
      core.fail("share_server", refusal(code, message)),
    );
    await user.click(within(dialog).getByRole("button", { name: "Share" }));
    expect((await within(dialog).findByRole("alert")).textContent).toContain(`PostHog said: ${message}`);
    expect(linear(fake)?.shared).toBe(false);
  });
});

describe("removing", () => {
  it("says what goes and what stays, wants a tick, and leads back to the list", async () => {
    const { fake, user, dialog } = await ask("srv-linear", "Linear", "Remove…");
    const [goes, stays] = within(dialog).getAllByRole("list");
    expect(goes?.textContent).toContain("its 38 tools");
    expect(goes?.textContent).toContain("PostHog’s login to the server");
    expect(stays?.textContent).toContain("What you decided here");
    expect(stays?.textContent).toContain("its provider is not told");
    await user.click(within(dialog).getByRole("button", { name: /Remove.*Tick the box first/ }));
    expect(fake.callsOf("remove_server")).toEqual([]);
    await user.click(within(dialog).getByRole("checkbox"));
    await user.click(within(dialog).getByRole("button", { name: "Remove" }));
    expect(await screen.findByRole("heading", { name: "Servers", level: 1 })).toBeTruthy();
    expect((await screen.findAllByText("Linear is removed.")).length).toBeGreaterThan(0);
    expect(fake.callsOf("remove_server")).toEqual([{ server_id: "srv-linear" }]);
    expect(linear(fake)).toBeUndefined();
  });

  it("keeps the server when PostHog fails", async () => {
    const { fake, user, dialog } = await ask("srv-linear", "Linear", "Remove…", (core) =>
      core.fail("remove_server", refusal("posthog_failed", "Server error")),
    );
    await user.click(within(dialog).getByRole("checkbox"));
    await user.click(within(dialog).getByRole("button", { name: "Remove" }));
    expect((await within(dialog).findByRole("alert")).textContent).toContain("PostHog failed");
    expect(linear(fake)).toBeDefined();
  });
});

describe("the menu", () => {
  it("logs in again to a server that works", async () => {
    const { fake, user, menu } = await openMore("srv-linear", "Linear", owned);
    await user.click(within(menu).getByRole("menuitem", { name: "Log in again" }));
    await waitFor(() => expect(fake.callsOf("reconnect_server")).toEqual([{ server_id: "srv-linear" }]));
  });

  it("asks for another key where the catalog knows the server, and says why not elsewhere", async () => {
    const { user, menu } = await openMore("srv-warehouse", "Warehouse", (core) => {
      core.catalog = core.catalog.map((entry) =>
        entry.name === "Browserbase"
          ? { ...entry, installed: { server_id: "srv-warehouse", status: "off" } }
          : entry,
      );
    });
    await user.click(await within(menu).findByRole("menuitem", { name: "Use another key…" }));
    expect(await screen.findByLabelText("API key from Browserbase")).toBeTruthy();
  });

  it("says why the key of a server added by its address stays", async () => {
    const { menu } = await openMore("srv-warehouse", "Warehouse");
    const item = within(menu).getByRole("menuitem", { name: /Use another key/ });
    expect(item.textContent).toContain("PostHog cannot replace the key");
    expect(item.getAttribute("aria-disabled")).toBe("true");
  });

  it.each([
    ["a colleague's server", "srv-farm", "Build farm", false, "belongs to a colleague"],
    ["being offline", "srv-linear", "Linear", true, "You are offline"],
  ])("explains %s at every item", async (_why, id, name, offline, reason) => {
    const { menu } = await openMore(id, name, () => {}, offline);
    const items = within(menu).getAllByRole("menuitem");
    expect(items.length).toBe(5);
    for (const item of items) {
      expect(item.getAttribute("aria-disabled")).toBe("true");
      expect(item.textContent).toContain(reason);
    }
  });
});
