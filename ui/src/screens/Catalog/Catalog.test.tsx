import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { refusal } from "../../ipc/fake";
import { card, show } from "../../test/show";

const names = () =>
  [...document.querySelectorAll<HTMLElement>("[data-template]")].map((one) => one.dataset.template);

describe("the catalog", () => {
  it("counts its categories and narrows by them and by words", async () => {
    const { user } = show();
    await card(user, "Notion");
    await user.click(screen.getByRole("radio", { name: "Developer tools 3" }));
    expect(names()).toEqual(["Browserbase", "Context7", "Sentry"]);
    await user.type(screen.getByLabelText("Search the catalog"), "browser");
    expect(names()).toEqual(["Browserbase"]);
  });

  it.each([
    ["Linear", "Open Linear"],
    ["Sentry", "Log in again: Sentry"],
    ["Atlassian", "Finish connecting: Atlassian"],
    ["Notion", "Connect Notion"],
  ])("offers what %s needs", async (name, button) => {
    const { user } = show();
    expect(within(await card(user, name)).getByRole("button", { name: button })).toBeTruthy();
  });

  it.each([
    ["Figma", /Coming soon.*PostHog does not offer it yet/],
    ["Vault", /This version cannot connect with “mutual_tls”/],
  ])("refuses %s with the reason", async (name, button) => {
    const { fake, user } = show();
    const refused = within(await card(user, name)).getByRole("button", { name: button });
    await user.click(refused);
    expect(refused.getAttribute("aria-disabled")).toBe("true");
    expect(fake.callsOf("connect_template")).toEqual([]);
  });

  it("keeps what it has when the last fetch failed, and says so", async () => {
    const { user } = show({}, (core) => {
      core.catalogState = { fetching: false, problem: refusal("timeout") };
    });
    expect(await card(user, "Notion")).toBeTruthy();
    expect(screen.getByText("No answer in time.")).toBeTruthy();
  });

  it("opens the server an entry is connected as", async () => {
    const { user } = show();
    await user.click(within(await card(user, "Linear")).getByRole("button", { name: "Open Linear" }));
    expect(await screen.findByRole("heading", { name: "Linear", level: 1 })).toBeTruthy();
  });
});

describe("an entry that wants a key", () => {
  it("sends the key once, keeps none in the page, and shows the connection", async () => {
    const { fake, user } = show();
    await user.click(
      within(await card(user, "Browserbase")).getByRole("button", { name: "Connect Browserbase" }),
    );
    const dialog = await screen.findByRole("dialog", { name: "Connect Browserbase" });
    expect(dialog.textContent).toContain(
      "PostHog’s agents may use this server on your runs unless your team forbids it.",
    );
    const field = within(dialog).getByLabelText<HTMLInputElement>("API key from Browserbase");
    await waitFor(() => expect(document.activeElement).toBe(field));
    await user.type(field, "bb-secret-key{Enter}");
    expect(await screen.findByText("PostHog found 12 tools there.")).toBeTruthy();
    expect(document.documentElement.outerHTML).not.toContain("bb-secret-key");
    expect(fake.callsOf("connect_template")).toEqual([
      { template_id: "tpl-browserbase", api_key: "bb-secret-key" },
    ]);
    expect(fake.callsOf("scheme")).toEqual([]);
  });

  it("is masked until shown", async () => {
    const { user } = show();
    await user.click(
      within(await card(user, "Browserbase")).getByRole("button", { name: "Connect Browserbase" }),
    );
    const field = await screen.findByLabelText<HTMLInputElement>("API key from Browserbase");
    expect(field.type).toBe("password");
    await user.click(screen.getByRole("button", { name: "Show the key" }));
    expect(field.type).toBe("text");
  });

  it("shows a refused key at its field", async () => {
    const { user } = show();
    await user.click(
      within(await card(user, "Browserbase")).getByRole("button", { name: "Connect Browserbase" }),
    );
    const field = await screen.findByLabelText("API key from Browserbase");
    await user.type(field, "no{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("This key is too short.");
    expect(field.getAttribute("aria-invalid")).toBe("true");
  });
});
