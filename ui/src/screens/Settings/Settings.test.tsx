import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type Fake, type FakeStart, refusal } from "../../ipc/fake";
import { show } from "../../test/show";

async function openSettings(start: FakeStart = {}, prepare: (core: Fake) => void = () => {}) {
  const shown = show(start, prepare);
  await shown.user.click(await screen.findByRole("button", { name: "Settings" }));
  await screen.findByRole("heading", { name: "Settings", level: 1 });
  return { ...shown, part: (name: string) => screen.getByRole("region", { name }) };
}

describe("the settings", () => {
  it("say who is signed in, where the data is, and which version this is", async () => {
    const { fake, user, part } = await openSettings();
    expect(part("Accounts").textContent).toContain("ana@acme.example on screen");
    expect(part("Accounts").textContent).toContain("US cloud · https://us.posthog.com · 2 projects");
    expect(part("Data folder").textContent).toContain("~/.local/share/dev.hedgerow.desktop");
    expect(part("About").textContent).toContain("Hedgerow 0.1.0");
    await user.click(within(part("Data folder")).getByRole("button", { name: "Open" }));
    await waitFor(() => expect(fake.callsOf("open_data_folder").length).toBe(1));
  });

  it.each([
    ["ready", "Your system’s keyring answers."],
    ["absent", "No keyring answers on this system."],
    ["locked", "it is probably locked"],
  ] as const)("tell of a keyring that is %s", async (keyring, words) => {
    const { part } = await openSettings({ keyring });
    expect(part("Keyring").textContent).toContain(words);
  });

  it("lead to the sign-in for an account without its key", async () => {
    const { user, part } = await openSettings({}, (core) => {
      for (const account of core.accounts) account.has_key = false;
    });
    await user.click(within(part("Accounts")).getByRole("button", { name: "Sign in again" }));
    expect(await screen.findByLabelText("Personal API key")).toBeTruthy();
  });
});

describe("the links", () => {
  it("name their owner, can be claimed and given back", async () => {
    const { fake, user, part } = await openSettings();
    await waitFor(() => expect(part("Links of PostHog").textContent).toContain("PostHog Code opens them."));
    await user.click(screen.getByRole("button", { name: "Let Hedgerow open them" }));
    await user.click(await screen.findByRole("button", { name: "Give them back" }));
    await waitFor(() => expect(part("Links of PostHog").textContent).toContain("Nothing opens them."));
    expect(part("Links of PostHog").textContent).toContain("You chose to leave it so.");
    expect(fake.callsOf("claim_scheme").length).toBe(1);
    expect(fake.callsOf("release_scheme").length).toBe(1);
  });

  it("tell a failure at their place", async () => {
    const { user, part } = await openSettings({}, (core) =>
      core.fail("claim_scheme", refusal("internal", "xdg-mime is missing")),
    );
    await user.click(await screen.findByRole("button", { name: "Let Hedgerow open them" }));
    expect((await within(part("Links of PostHog")).findByRole("alert")).textContent).toContain(
      "xdg-mime is missing",
    );
  });
});

describe("removing my data", () => {
  it("says what goes and what stays, and wants the word typed", async () => {
    const { fake, user } = await openSettings();
    await user.click(screen.getByRole("button", { name: "Remove my data…" }));
    const dialog = await screen.findByRole("dialog");
    const [goes, stays] = within(dialog).getAllByRole("list");
    expect(goes?.textContent).toContain("The keys of every account");
    expect(goes?.textContent).toContain("Your decisions");
    expect(stays?.textContent).toContain("PostHog keeps everything it has");
    const word = within(dialog).getByLabelText("Type “remove” to go on");
    await user.type(word, "yes{Enter}");
    expect(fake.callsOf("remove_my_data")).toEqual([]);
    await user.clear(word);
    localStorage.setItem("lending-told", "yes");
    await user.type(word, "remove{Enter}");
    expect(await within(dialog).findByText("Removing. Hedgerow closes when it is done.")).toBeTruthy();
    await waitFor(() => expect(localStorage.length).toBe(0));
    expect(fake.callsOf("remove_my_data").length).toBe(1);
  });

  it("tells a failure and can be left", async () => {
    const { user } = await openSettings({}, (core) => core.fail("remove_my_data", refusal("keyring_locked")));
    await user.click(screen.getByRole("button", { name: "Remove my data…" }));
    const dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByLabelText("Type “remove” to go on"), "remove{Enter}");
    expect((await within(dialog).findByRole("alert")).textContent).toContain("The keyring did not answer");
    await user.click(within(dialog).getByRole("button", { name: "Keep everything" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });
});
