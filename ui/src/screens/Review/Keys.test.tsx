import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { openReview, show } from "../../test/show";

/** Everything a person can do to an entry. */
const acts = ["decide", "accept", "put_off", "accept_finding", "apply_plan"] as const;
const nothingDone = (fake: ReturnType<typeof show>["fake"]) =>
  expect(acts.flatMap((name) => fake.callsOf(name))).toEqual([]);
const change = () => screen.findByRole("region", { name: "The change" });
const heading = async (name: string) => within(await change()).findByRole("heading", { name, level: 2 });

describe("keys", () => {
  it("act only while the list has the focus", async () => {
    const { fake, user } = show();
    await openReview(user);
    await heading("rename_issue");
    await user.keyboard("rbz");
    await user.keyboard("{Shift>}a{/Shift}");
    (await change()).focus();
    await user.keyboard("rb");
    screen.getByRole("button", { name: "Later" }).focus();
    await user.keyboard("rb");
    nothingDone(fake);
    screen.getByRole("grid").focus();
    await user.keyboard("b");
    await waitFor(() =>
      expect(fake.callsOf("decide")).toEqual([
        {
          server_id: "srv-linear",
          tool: "rename_issue",
          decision: "do_not_use",
          fingerprint: "fp-rename_issue-1",
        },
      ]),
    );
  });

  it("do nothing when they are switched off, and the arrows still move", async () => {
    const { fake, user } = show({}, (core) => {
      core.desk.settings.review_keys = false;
    });
    await openReview(user);
    await heading("rename_issue");
    screen.getByRole("grid").focus();
    await user.keyboard("jrbz{Shift>}a{/Shift}");
    await heading("rename_issue");
    nothingDone(fake);
    await user.keyboard("{ArrowDown}");
    await heading("list_issue");
    expect(screen.getByText(/The letter keys are off/)).toBeTruthy();
  });

  it("with Ctrl or another modifier are not ours", async () => {
    const { fake, user } = show();
    await openReview(user);
    await heading("rename_issue");
    screen.getByRole("grid").focus();
    await user.keyboard("{Control>}rbz{/Control}{Alt>}r{/Alt}");
    await user.keyboard("a");
    nothingDone(fake);
  });

  it("allow only with Shift, and the next entry comes up", async () => {
    const { fake, user } = show();
    await openReview(user);
    await heading("rename_issue");
    screen.getByRole("grid").focus();
    await user.keyboard("{Shift>}A{/Shift}");
    await heading("list_issue");
    expect(fake.callsOf("decide")).toMatchObject([{ tool: "rename_issue", decision: "approved" }]);
    expect(await screen.findByText("rename_issue: PostHog answered: Allowed.")).toBeTruthy();
  });

  it.each([
    ["r", {}],
    ["b", {}],
    ["A", { shiftKey: true }],
    ["z", {}],
  ])("held down act once, not on whatever comes next: %s", async (key, more) => {
    const { fake, user } = show();
    await openReview(user);
    await heading("rename_issue");
    const grid = screen.getByRole("grid");
    grid.focus();
    fireEvent.keyDown(grid, { key, repeat: true, ...more });
    nothingDone(fake);
    expect(fake.callsOf("plan_undo")).toEqual([]);
    if (key === "z") return;
    fireEvent.keyDown(grid, { key, ...more });
    await waitFor(() => expect(fake.callsOf("decide")).toMatchObject([{ tool: "rename_issue" }]));
    await screen.findByText(/^rename_issue: PostHog answered/);
    await waitFor(() => expect(document.querySelector('[data-entry="rename_issue"]')).toBeNull());
    await heading("list_issue");
    fireEvent.keyDown(grid, { key, repeat: true, ...more });
    expect(fake.callsOf("decide").length).toBe(1);
  });

  it("held down still move", async () => {
    const { user } = show();
    await openReview(user);
    await heading("rename_issue");
    fireEvent.keyDown(screen.getByRole("grid"), { key: "j", repeat: true });
    await heading("list_issue");
  });
});
