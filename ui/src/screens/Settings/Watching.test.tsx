import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { openReview, serverLine, show } from "../../test/show";

async function openSettings(...start: Parameters<typeof show>) {
  const shown = show(...start);
  await shown.user.click(await screen.findByRole("button", { name: "Settings" }));
  await screen.findByRole("checkbox", { name: "Watch for changes in the background" });
  return shown;
}

function onScreen(fake: ReturnType<typeof show>["fake"]) {
  if (!fake.active) throw new Error("no project on screen");
  return fake.active;
}

const importFile = async (user: ReturnType<typeof show>["user"], text: string) =>
  user.upload(
    screen.getByLabelText("File to import"),
    new File([text], "file.json", { type: "application/json" }),
  );

describe("watching", () => {
  it("says when it last looked and who is next, and sets one thing at a time", async () => {
    const { fake, user } = await openSettings();
    expect(screen.getByText("Checked for changes: 4 min ago · next: GitHub in 2 min")).toBeTruthy();
    const back = screen.getByRole("checkbox", { name: "Set changed allowed tools back to Ask first" });
    expect((back as HTMLInputElement).checked).toBe(false);
    expect(screen.getByText(/It never loosens anything/)).toBeTruthy();
    await user.click(screen.getByRole("checkbox", { name: "Watch for changes in the background" }));
    expect(await screen.findByText(/Watching is off/)).toBeTruthy();
    expect(fake.callsOf("set_watch_settings")).toEqual([
      { watch: false, notify: true, set_back: false, review_keys: true },
    ]);
  });

  it("says why it rests", async () => {
    await openSettings({}, (core) => {
      core.desk.watch.rests = "battery";
    });
    expect(screen.getByText(/rests to save the battery/)).toBeTruthy();
  });
});

describe("files", () => {
  it("a policy is shown as a dry run before anything can be applied", async () => {
    const { fake, user } = await openSettings({ held: true });
    await importFile(user, '{"policy": 1}');
    const dialog = await screen.findByRole("dialog", { name: "What this policy would do" });
    expect(within(dialog).getByText(/would change. Nothing has been sent/)).toBeTruthy();
    expect(within(dialog).getByText("GitHub · <b>bold</b>")).toBeTruthy();
    expect(fake.callsOf("apply_plan")).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "See what it would decide…" }));
    const plan = await screen.findByRole("dialog", { name: "What this policy would do" });
    await user.click(await within(plan).findByRole("button", { name: "Apply" }));
    await waitFor(() =>
      expect(fake.callsOf("apply_plan").length + screen.queryAllByText(/Really make/).length).toBe(1),
    );
  });

  it("a backup says how many pins come and stay, and is taken over when told to", async () => {
    const { fake, user } = await openSettings();
    await importFile(user, '{"backup": 1}');
    const dialog = await screen.findByRole("dialog", { name: "What this backup would bring back" });
    expect(within(dialog).getByText(/212 pins would be added; 8 newer pins here stay/)).toBeTruthy();
    expect(within(dialog).getByText(/41 lines of Activity and 2 steps of many decisions/)).toBeTruthy();
    expect(fake.callsOf("apply_backup")).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Apply" }));
    await waitFor(() => expect(fake.callsOf("apply_backup").length).toBe(1));
  });

  it("a backup that brings no new pin can be taken over all the same, and says what else it adds", async () => {
    const { fake, user } = await openSettings({}, (core) => {
      core.desk.newPins = 0;
    });
    await importFile(user, '{"backup": 1}');
    const dialog = await screen.findByRole("dialog", { name: "What this backup would bring back" });
    expect(within(dialog).getByText(/^0 pins would be added/)).toBeTruthy();
    expect(within(dialog).getByText(/what was put off, and which findings you know/)).toBeTruthy();
    await user.click(within(dialog).getByRole("button", { name: "Apply" }));
    await waitFor(() => expect(fake.callsOf("apply_backup").length).toBe(1));
    expect(
      (await screen.findAllByText("The backup was taken over. It had no new pin.")).length,
    ).toBeGreaterThan(0);
  });

  it("something else is refused with the reason", async () => {
    const { user } = await openSettings();
    await importFile(user, "not ours");
    expect(await screen.findByRole("alert")).toBeTruthy();
    expect(screen.queryByText(/PostHog/, { selector: "[role=alert] *" })).toBeNull();
    expect(screen.getByText("This file was not taken.")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Choose another file…" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });
});

describe("ways to Review", () => {
  it("a server's line leads to its entries", async () => {
    const { fake, user } = show();
    const linear = await serverLine("srv-linear");
    await user.click(within(linear).getByRole("button", { name: /to review/ }));
    expect(await screen.findByRole("heading", { name: "Review", level: 1 })).toBeTruthy();
    await waitFor(() => expect(fake.callsOf("get_review")[0]).toMatchObject({ server_id: "srv-linear" }));
  });

  it("a notice on the desktop leads there", async () => {
    const { fake } = show();
    await serverLine("srv-linear");
    fake.emit({ kind: "show_review", ...onScreen(fake) });
    expect(await screen.findByRole("heading", { name: "Review", level: 1 })).toBeTruthy();
  });

  it("a notice about another project leads to the Review of that one, once", async () => {
    const { fake } = show();
    await serverLine("srv-linear");
    const here = onScreen(fake);
    const there = { ...here, project: here.project + 1 };
    // The project comes on screen first; the window reads that a moment later.
    fake.active = there;
    fake.emit({ kind: "boot" });
    fake.emit({ kind: "show_review", ...there });
    expect(await screen.findByRole("heading", { name: "Review", level: 1 })).toBeTruthy();
    fake.active = here;
    fake.emit({ kind: "boot" });
    await serverLine("srv-linear");
  });

  it("the letter keys that were switched off stay off in Review", async () => {
    const { fake, user } = await openSettings();
    await user.click(screen.getByRole("checkbox", { name: "Single keys act in the list of Review" }));
    await waitFor(() => expect(fake.desk.settings.review_keys).toBe(false));
    await openReview(user);
    expect(await screen.findByText(/The letter keys are off/)).toBeTruthy();
  });
});
