import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type Fake, type FakeStart, refusal } from "../../ipc/fake";
import { show } from "../../test/show";

const owned = (core: Fake) => {
  core.scheme = { owner: "hedgerow", other: "", declined: false };
};

async function openAdd(prepare: (core: Fake) => void = owned, start: FakeStart = {}) {
  const shown = show(start, prepare);
  await shown.user.click(await screen.findByRole("button", { name: "Add by URL" }));
  const dialog = await screen.findByRole("dialog", { name: "Add a server by its URL" });
  const address = within(dialog).getByLabelText<HTMLInputElement>("Address of the MCP server");
  await waitFor(() => expect(document.activeElement).toBe(address));
  return {
    ...shown,
    dialog,
    address,
    add: () => within(dialog).getByRole("button", { name: /^Add server/ }),
  };
}

const FRESH = "https://mcp.acme.example/mcp";

describe("adding a server by its address", () => {
  it("checks it, takes its host for a name, says what is lent, and shows the connection", async () => {
    const { fake, user, dialog, address } = await openAdd();
    expect(dialog.textContent).toContain("PostHog also lends a connected server to its own agents");
    await user.type(address, `${FRESH}{Enter}`);
    expect(await screen.findByRole("dialog", { name: "Connect mcp.acme.example" })).toBeTruthy();
    expect(fake.callsOf("check_address")).toEqual([{ url: FRESH }]);
    expect(fake.callsOf("add_server")).toEqual([
      {
        name: "mcp.acme.example",
        url: FRESH,
        description: "",
        login: "browser",
        key: null,
        client_id: null,
        client_secret: null,
      },
    ]);
  });

  it.each([
    ["", "Enter the address of the MCP server."],
    ["ftp://mcp.acme.example", "The address must begin with https:// or http://."],
    ["https://me:secret@mcp.acme.example", "The address must not contain a user name or password."],
    [`https://mcp.acme.example/${"x".repeat(2048)}`, "An address may have 2,048 characters"],
  ])("refuses the address “%s” before anything is sent", async (url, reason) => {
    const { fake, user, dialog, address } = await openAdd();
    await user.click(address);
    if (url) await user.paste(url);
    await user.keyboard("{Enter}");
    expect((await within(dialog).findByRole("alert")).textContent).toContain(reason);
    expect(address.getAttribute("aria-invalid")).toBe("true");
    expect(fake.callsOf("add_server")).toEqual([]);
  });

  it("looks at the address when it is left", async () => {
    const { user, dialog, address } = await openAdd();
    await user.type(address, "not an address");
    await user.tab();
    expect((await within(dialog).findByRole("alert")).textContent).toContain("That is not an address");
  });

  it("offers to log in again instead of adding one that is there", async () => {
    const { fake, user, dialog, address, add } = await openAdd();
    await user.type(address, "https://mcp.linear.app/mcp");
    await user.tab();
    expect((await within(dialog).findByRole("alert")).textContent).toMatch(
      /already have this address as “Linear”.*would drop a login that works/,
    );
    await user.click(add());
    expect(fake.callsOf("add_server")).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Log in again" }));
    await waitFor(() => expect(fake.callsOf("reconnect_server")).toEqual([{ server_id: "srv-linear" }]));
    await waitFor(() => expect(screen.queryByRole("dialog", { name: "Add a server by its URL" })).toBeNull());
  });

  it("opens the one that is there when it uses a key", async () => {
    const { user, dialog, address } = await openAdd();
    await user.type(address, "https://warehouse.acme.example/mcp");
    await user.tab();
    await within(dialog).findByRole("alert");
    expect(within(dialog).queryByRole("button", { name: "Log in again" })).toBeNull();
    await user.click(within(dialog).getByRole("button", { name: "Open Warehouse" }));
    expect(await screen.findByRole("heading", { name: "Warehouse", level: 1 })).toBeTruthy();
  });

  it("sends a key once and keeps none in the page", async () => {
    const { fake, user, dialog, address } = await openAdd();
    await user.type(address, FRESH);
    await user.click(within(dialog).getByRole("radio", { name: "With a key" }));
    const key = within(dialog).getByLabelText<HTMLInputElement>("Key");
    expect(key.type).toBe("password");
    await user.type(key, "acme-secret-key{Enter}");
    expect(await screen.findByText("PostHog found 12 tools there.")).toBeTruthy();
    expect(document.documentElement.outerHTML).not.toContain("acme-secret-key");
    expect(key.value).toBe("");
    expect(fake.callsOf("add_server")).toMatchObject([{ login: "key", key: "acme-secret-key" }]);
    expect(fake.callsOf("scheme")).toEqual([]);
  });

  it("wants a key before it sends, and shows a refused one at its field", async () => {
    const { fake, user, dialog, address } = await openAdd();
    await user.type(address, FRESH);
    await user.click(within(dialog).getByRole("radio", { name: "With a key" }));
    const key = within(dialog).getByLabelText("Key");
    await user.type(key, "{Enter}");
    expect((await within(dialog).findByRole("alert")).textContent).toBe("Paste the key of that server.");
    expect(fake.callsOf("add_server")).toEqual([]);
    await user.type(key, "no{Enter}");
    await waitFor(() =>
      expect(within(dialog).getByRole("alert").textContent).toContain("This key is too short."),
    );
  });

  it("an open server is added without the browser and without a key", async () => {
    const { fake, user, dialog, address } = await openAdd();
    await user.type(address, FRESH);
    await user.click(within(dialog).getByRole("radio", { name: "Open, no key" }));
    await user.click(within(dialog).getByRole("button", { name: "Add server" }));
    expect(await screen.findByText("PostHog found 12 tools there.")).toBeTruthy();
    expect(fake.callsOf("add_server")).toMatchObject([{ login: "open", key: null }]);
  });

  it("an own client goes along with its secret, masked; a secret alone is refused", async () => {
    const { fake, user, dialog, address, add } = await openAdd();
    await user.type(address, FRESH);
    await user.click(within(dialog).getByRole("button", { name: "Advanced" }));
    const secret = within(dialog).getByLabelText<HTMLInputElement>("Client secret, if it has one");
    expect(secret.type).toBe("password");
    await user.type(secret, "client-secret");
    await user.click(add());
    expect((await within(dialog).findByRole("alert")).textContent).toContain(
      "The secret belongs to a client id.",
    );
    expect(fake.callsOf("add_server")).toEqual([]);
    await user.type(within(dialog).getByLabelText("Own client id"), "client-1");
    await user.type(within(dialog).getByLabelText("Description"), "Ours");
    await user.click(add());
    await screen.findByRole("dialog", { name: "Connect mcp.acme.example" });
    expect(fake.callsOf("add_server")).toMatchObject([
      { login: "own_client", client_id: "client-1", client_secret: "client-secret", description: "Ours" },
    ]);
    expect(document.documentElement.outerHTML).not.toContain("client-secret");
  });

  it("asks about the links first, and goes on with what was typed", async () => {
    const { fake, user, address } = await openAdd(() => {});
    await user.type(address, `${FRESH}{Enter}`);
    const question = await screen.findByRole("dialog", { name: "May Hedgerow open PostHog’s links?" });
    expect(fake.callsOf("add_server")).toEqual([]);
    await user.click(within(question).getByRole("button", { name: "Leave it as it is" }));
    expect(await screen.findByRole("dialog", { name: "Connect mcp.acme.example" })).toBeTruthy();
    expect(fake.callsOf("add_server").length).toBe(1);
  });

  it("a refusal of PostHog leads back to what was typed, with the reason at the address", async () => {
    const { fake, user, address } = await openAdd();
    await user.type(address, `${FRESH}{Enter}`);
    await screen.findByRole("dialog", { name: "Connect mcp.acme.example" });
    fake.moveFlow("flow-1", {
      step: "failed",
      problem: refusal("invalid", "URL not allowed: Could not resolve host", { field: "url" }),
    });
    await user.click(await screen.findByRole("button", { name: "Try again" }));
    const again = await screen.findByRole("dialog", { name: "Add a server by its URL" });
    expect(within(again).getByLabelText<HTMLInputElement>("Address of the MCP server").value).toBe(FRESH);
    expect(within(again).getByRole("alert").textContent).toContain("Could not resolve host");
  });

  it("is refused offline, with the reason", async () => {
    const { fake, user, address } = await openAdd(owned, { offline: true });
    await user.type(address, `${FRESH}{Enter}`);
    expect(screen.getByRole("button", { name: /Add server.*You are offline/ })).toBeTruthy();
    expect(fake.callsOf("add_server")).toEqual([]);
  });

  it("warns of an address everybody can read along", async () => {
    const { user, dialog, address } = await openAdd();
    await user.type(address, "http://mcp.acme.example");
    expect(dialog.textContent).toContain("can be read on the way");
  });
});

it("the catalog says what is lent until it was understood, and leads to adding by address", async () => {
  localStorage.clear();
  const { user } = show();
  await user.click(await screen.findByRole("button", { name: "Catalog" }));
  expect(await screen.findByText(/PostHog also lends a connected server/)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Understood" }));
  expect(screen.queryByText(/PostHog also lends a connected server/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Add by URL" }));
  expect(await screen.findByRole("dialog", { name: "Add a server by its URL" })).toBeTruthy();
  localStorage.clear();
});
