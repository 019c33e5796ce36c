import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { FakeStart } from "../../ipc/fake";
import { step } from "../../ipc/fake/batch";
import { entryLine, openReview, openServer, show } from "../../test/show";

/** Picks every tool of GitHub and asks what a decision would do. */
async function planFor(decision: string, start: FakeStart = {}) {
  const { fake, user } = show({ held: true, ...start });
  await openServer(user, "srv-github");
  await user.click(await screen.findByRole("button", { name: "Select all 96" }));
  await user.click(screen.getByRole("button", { name: `${decision}…` }));
  const dialog = await screen.findByRole("dialog", { name: `${decision} for 96 tools` });
  return { fake, user, dialog };
}

const last = (fake: ReturnType<typeof show>["fake"]) => fake.desk.batches[0]?.view.id ?? 0;

describe("a plan", () => {
  it("says what it would do and sends nothing", async () => {
    const { fake, user, dialog } = await planFor("Ask first");
    expect(fake.callsOf("plan_decisions")).toEqual([
      {
        tools: { of: "server", server_id: "srv-github", search: "", filter: "all" },
        decision: "needs_approval",
      },
    ]);
    expect(within(dialog).getByText(/^\d+ change$/, { selector: "b" })).toBeTruthy();
    expect(within(dialog).getByText(/are so already$/, { selector: "b" })).toBeTruthy();
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    expect(fake.callsOf("apply_plan")).toEqual([]);
    expect(fake.callsOf("decide")).toEqual([]);
  });

  it("shows which tools, a page at a time", async () => {
    const { fake, user, dialog } = await planFor("Ask first");
    await user.click(within(dialog).getAllByRole("button", { name: /^Show/ })[0] as HTMLElement);
    await waitFor(() => expect(document.querySelectorAll("[data-item]").length).toBeGreaterThan(2));
    expect(fake.callsOf("list_plan")[0]).toMatchObject({ part: expect.any(String), offset: 0, limit: 100 });
  });

  it("asks once more before it makes many less strict", async () => {
    const { fake, user, dialog } = await planFor("Allow");
    expect(within(dialog).getByText(/of these become less strict than now/)).toBeTruthy();
    await user.click(within(dialog).getByRole("button", { name: "Apply" }));
    expect((await within(dialog).findByRole("alert")).textContent).toMatch(
      /Really make \d+ tools less strict/,
    );
    expect(fake.callsOf("apply_plan")).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Yes, make them less strict" }));
    await waitFor(() => expect(fake.callsOf("apply_plan")).toMatchObject([{ looser_confirmed: true }]));
  });

  it.each([
    [1, false],
    [2, true],
  ])("asks once more where the core wants it, and says so to the core: %i looser", async (looser, asks) => {
    const { fake, user } = show({ held: true });
    await openServer(user, "srv-github");
    const boxes = await waitFor(() => {
      const found = document.querySelectorAll<HTMLElement>(
        '[data-tool="create_issue"] [data-check], [data-tool="create_project"] [data-check]',
      );
      if (found.length < 2) throw new Error("no boxes yet");
      return [...found];
    });
    for (const box of boxes.slice(0, looser)) await user.click(box);
    await user.click(screen.getByRole("button", { name: "Allow…" }));
    const dialog = await screen.findByRole("dialog", { name: /^Allow for/ });
    await user.click(await within(dialog).findByRole("button", { name: "Apply" }));
    if (asks)
      await user.click(await within(dialog).findByRole("button", { name: "Yes, make them less strict" }));
    await waitFor(() => expect(fake.callsOf("apply_plan")).toMatchObject([{ looser_confirmed: asks }]));
  });

  it("is refused offline with the reason", async () => {
    const { fake, user, dialog } = await planFor("Ask first", { offline: true });
    await user.click(within(dialog).getByRole("button", { name: /^Apply/ }));
    expect(fake.callsOf("apply_plan")).toEqual([]);
    expect(within(dialog).getByText(/You are offline/)).toBeTruthy();
  });
});

describe("a batch", () => {
  it("goes on when its dialog is closed, and the rail opens it again", async () => {
    const { fake, user, dialog } = await planFor("Block");
    await user.click(within(dialog).getByRole("button", { name: "Apply" }));
    await screen.findByRole("progressbar");
    await user.keyboard("{Escape}");
    step(fake, last(fake), 7);
    await user.click(await screen.findByRole("button", { name: /7 of \d+ decided/ }));
    expect((await screen.findByRole("progressbar")).getAttribute("aria-valuenow")).toBe("7");
    step(fake, last(fake));
    expect(await screen.findByText(/as asked/)).toBeTruthy();
  });

  it("is held, goes on and is stopped where it is", async () => {
    const { fake, user, dialog } = await planFor("Block");
    await user.click(within(dialog).getByRole("button", { name: "Apply" }));
    await user.click(await screen.findByRole("button", { name: "Pause" }));
    await user.click(await screen.findByRole("button", { name: "Go on" }));
    await user.click(await screen.findByRole("button", { name: "Stop here" }));
    await waitFor(() => expect(fake.callsOf("stop_batch").length).toBe(1));
    expect(await screen.findByText(/· stopped/)).toBeTruthy();
  });

  it("offers to retry only what failed, not what was stopped before it was sent", async () => {
    const { fake, user, dialog } = await planFor("Block");
    fake.answerItem = (item) => (item.tool === "list_issue" ? "refused" : "as_asked");
    await user.click(within(dialog).getByRole("button", { name: "Apply" }));
    await screen.findByRole("progressbar");
    step(fake, last(fake), 5);
    await user.click(await screen.findByRole("button", { name: "Stop here" }));
    await user.click(await screen.findByRole("button", { name: "Retry the failed" }));
    await waitFor(() => expect(fake.callsOf("retry_batch").length).toBe(1));
    const results = fake.desk.batches[0]?.items.map(({ result }) => result) ?? [];
    expect(results.filter((result) => result === "waiting").length).toBe(1);
    expect(results).toContain("skipped");
  });

  it("reports what was refused, tries it again, and is taken back as one step", async () => {
    const { fake, user, dialog } = await planFor("Block");
    fake.answerItem = (item) => (item.tool === "list_issue" ? "refused" : "as_asked");
    await user.click(within(dialog).getByRole("button", { name: "Apply" }));
    await screen.findByRole("progressbar");
    step(fake, last(fake));
    expect(await screen.findByText(/refused by PostHog/)).toBeTruthy();
    fake.answerItem = null;
    await user.click(screen.getByRole("button", { name: "Retry the failed" }));
    step(fake, last(fake));
    await waitFor(() => expect(screen.queryByText(/refused by PostHog/)).toBeNull());
    const id = last(fake);
    await user.click(await screen.findByRole("button", { name: "Undo all of it…" }));
    await screen.findByRole("dialog", { name: /^Take back/ });
    expect(fake.callsOf("plan_undo")).toEqual([{ batch: id, decision: null }]);
  });

  it("says on taking back whose word PostHog cannot give back: the team's, or nobody's", async () => {
    const { fake, user } = show({ held: true }, (core) => {
      const { tools = [] } = core.servers.find(({ row }) => row.id === "srv-github") ?? {};
      tools.forEach((tool, i) => {
        tool.row = {
          ...tool.row,
          state: "needs_approval",
          decided_by: ["preset", "team", "default"][i] ?? "scope",
        };
      });
    });
    await openServer(user, "srv-github");
    await user.click(await screen.findByRole("button", { name: "Select all 96" }));
    await user.click(screen.getByRole("button", { name: "Block…" }));
    await user.click(await screen.findByRole("button", { name: "Apply" }));
    await screen.findByRole("progressbar");
    step(fake, last(fake));
    await user.click(await screen.findByRole("button", { name: "Undo all of it…" }));
    const plan = await screen.findByRole("dialog", { name: /^Take back/ });
    expect(plan.textContent).toContain(
      "2 tools keep choices of their own where a preset or your team ruled before",
    );
    expect(plan.textContent).toContain(
      "1 tool keeps a choice of its own where only PostHog’s default ruled before",
    );
  });

  it("that was interrupted can be finished or taken back", async () => {
    const { fake, user, dialog } = await planFor("Block");
    await user.click(within(dialog).getByRole("button", { name: "Apply" }));
    await screen.findByRole("progressbar");
    step(fake, last(fake), 3);
    Object.assign(fake.desk.batches[0]?.view ?? {}, { state: "interrupted", can_undo: true });
    fake.emit({ kind: "batches" });
    expect(await screen.findByText(/interrupted in the middle/)).toBeTruthy();
    expect(screen.getByRole("button", { name: "Undo all of it…" })).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Finish" }));
    expect(fake.callsOf("resume_batch")).toEqual([{ batch: last(fake) }]);
  });
});

describe("many of Review", () => {
  it("are picked with Space and Shift, each with the definition that was on screen", async () => {
    const { fake, user } = show({ held: true });
    await openReview(user);
    await entryLine("rename_issue");
    screen.getByRole("grid").focus();
    await user.keyboard(" {Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    expect(await screen.findByText("3 selected")).toBeTruthy();
    const bar = screen.getByRole("group", { name: "Selected tools" });
    await user.click(within(bar).getByRole("button", { name: "Ask first…" }));
    await screen.findByRole("dialog", { name: "Ask first for 3 tools" });
    expect(fake.callsOf("plan_decisions")[0]?.tools).toMatchObject({
      of: "tools",
      tools: [{ tool: "rename_issue", fingerprint: "fp-rename_issue-1" }, {}, {}],
    });
  });

  it("of a whole group go with the revision that was on screen", async () => {
    const { fake, user } = show({ held: true });
    await openReview(user);
    await user.click(await screen.findByRole("button", { name: "Ask first for all 3 changed…" }));
    await screen.findByRole("dialog");
    expect(fake.callsOf("plan_decisions")[0]?.tools).toEqual({
      of: "group",
      group: "changed_allowed",
      revision: 1,
    });
  });

  it("become a baseline only after one step that says what that is", async () => {
    const { fake, user } = show({}, (core) => {
      core.desk.entries = core.desk.entries.filter(({ group }) => group === "unpinned");
    });
    await openReview(user);
    await user.click(await screen.findByRole("button", { name: /^More about Decided elsewhere/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Accept as baseline…" }));
    const dialog = await screen.findByRole("dialog", { name: "Accept 3 tools as baseline?" });
    expect(within(dialog).getByText(/does not mean that anybody has read them/)).toBeTruthy();
    expect(await within(dialog).findByText(/1 may be called without asking/)).toBeTruthy();
    expect(within(dialog).getByText(/^Who decided/)).toBeTruthy();
    expect(fake.callsOf("accept")).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Accept as baseline" }));
    await waitFor(() =>
      expect(fake.callsOf("accept")).toMatchObject([{ tools: { of: "group", group: "unpinned" } }]),
    );
    expect(await screen.findByText("3 tools accepted as they are.")).toBeTruthy();
  });
});
