import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { refusal } from "../../ipc/fake";
import { step } from "../../ipc/fake/batch";
import { entryLine, marked, openReview, show } from "../../test/show";

/** Everything a person can do to an entry. */
const acts = ["decide", "accept", "put_off", "accept_finding", "apply_plan"] as const;
const nothingDone = (fake: ReturnType<typeof show>["fake"]) =>
  expect(acts.flatMap((name) => fake.callsOf(name))).toEqual([]);
const change = () => screen.findByRole("region", { name: "The change" });
/** The entry beside the list, a dialog in front of it or not. */
const heading = (name: string) => screen.findByRole("heading", { name, level: 2, hidden: true });

type User = ReturnType<typeof show>["user"];

/** Opens an entry of the list. */
async function open(user: User, name: string): Promise<void> {
  await user.click(await entryLine(name));
  await heading(name);
}

/** Allows a tool, which is taken back at once and without a question. */
async function allow(user: User): Promise<void> {
  await openReview(user);
  await open(user, "create_issue");
  await user.click(screen.getByRole("button", { name: "Allow" }));
  await screen.findByText("create_issue: PostHog answered: Allowed.");
}

describe("the list", () => {
  it("says in the rail how many wait, without what is for later or only not pinned", async () => {
    show();
    expect(await screen.findByRole("button", { name: "Review 13 wait for you" })).toBeTruthy();
  });

  it("opens the loudest first and says why it is there and what changed", async () => {
    const { user } = show();
    await openReview(user);
    const pane = await change();
    expect(
      await within(pane).findByText(/PostHog kept this tool allowed, but it is not the tool/),
    ).toBeTruthy();
    expect(pane.textContent).toContain("Linear · allowed by you on 4 Oct · change noticed");
    expect(pane.querySelector("del")?.textContent).toBe("Asks for confirmation first.");
    expect(pane.querySelector("ins")?.textContent).toContain("This cannot be undone.");
    expect(within(pane).getByTitle("ZERO WIDTH SPACE").textContent).toContain("U+200B");
    expect(pane.textContent).toContain("id, title, notify, notify.team, notify.reasonsame");
    expect(pane.textContent).toContain("new · string · required");
    expect(pane.textContent).toContain("Finding nothing would not make it safe.");
    const line = await entryLine("rename_issue");
    expect(line.textContent).toContain("Allowed, changed");
    expect(line.textContent).toContain("hidden characters in the description and 1 parameter");
  });

  it("settles nothing by looking, moving, scrolling or reading", async () => {
    const { fake, user } = show();
    await openReview(user);
    await heading("rename_issue");
    screen.getByRole("grid").focus();
    await user.keyboard("jjjkk{ArrowDown}{ArrowDown}{PageDown}{End}{Home}{Enter}");
    await heading("rename_issue");
    nothingDone(fake);
    expect(fake.callsOf("get_review").length).toBeGreaterThan(3);
  });

  it("keeps the entry on screen when the list moves beneath it", async () => {
    const { fake, user } = show();
    await openReview(user);
    await open(user, "get_trace");
    fake.desk.drop("srv-linear", "rename_issue");
    fake.emit({ kind: "review" });
    await waitFor(() => expect(document.querySelector('[data-entry="rename_issue"]')).toBeNull());
    screen.getByRole("grid").focus();
    await user.keyboard("r");
    await waitFor(() => expect(fake.callsOf("decide")).toMatchObject([{ tool: "get_trace" }]));
  });

  it("shows a bounded number of lines of ten thousand, and the last one when asked", async () => {
    const { user } = show({ servers: "huge" });
    await openReview(user);
    const grid = await screen.findByRole("grid");
    grid.focus();
    await user.keyboard("{End}");
    await waitFor(() => expect(grid.querySelector('[data-index="9999"]')).toBeTruthy());
    expect(grid.querySelectorAll("[role=row]").length).toBeLessThan(80);
    expect(grid.getAttribute("aria-rowcount")).toBe("10002");
  });

  it("shows a server's text as text", async () => {
    const { user } = show({ servers: "hostile" });
    await openReview(user);
    await change();
    await waitFor(() => expect(document.querySelectorAll("mark").length).toBeGreaterThan(0));
    expect(document.querySelector("main img, main script, main b b")).toBeNull();
    expect(document.querySelector("mark")?.textContent).toContain("<img src=x onerror=alert(1)>");
    expect((await change()).textContent).toContain("<script>alert(1)</script>");
  });

  it("says that nothing waits, and that this is no promise", async () => {
    const { user } = show({ desk: "none" });
    await openReview(user);
    expect(await screen.findByText("Nothing waits for you")).toBeTruthy();
    expect(screen.getByText(/does not make it safe/)).toBeTruthy();
  });

  it.each(["z", "{Enter}"])("takes the decision that emptied it back from there: %s", async (key) => {
    const { fake, user } = show({}, (core) => {
      core.desk.entries = core.desk.entries.filter(({ tool }) => tool === "rename_issue");
    });
    await openReview(user);
    await heading("rename_issue");
    screen.getByRole("grid").focus();
    await user.keyboard("b");
    expect(await screen.findByText("Nothing waits for you")).toBeTruthy();
    expect(screen.getByText(/rename_issue: PostHog answered: Blocked/)).toBeTruthy();
    await waitFor(() => expect(document.activeElement?.textContent).toContain("Undo the last step"));
    await user.keyboard(key);
    // It makes the tool looser again, so that it asks.
    expect(await screen.findByRole("dialog")).toBeTruthy();
    expect(fake.callsOf("plan_undo").length).toBe(1);
  });

  it("says why it cannot be shown, and tries again", async () => {
    const { fake, user } = show({}, (core) => core.fail("review", refusal("internal", "locked")));
    await user.click(await screen.findByRole("button", { name: "Review" }));
    expect(await screen.findByText("Review could not be shown")).toBeTruthy();
    fake.fail("review", null);
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await heading("rename_issue");
  });
});

describe("deciding", () => {
  it("stays with an entry whose definition moved under the decision, and says so", async () => {
    const { user } = show({}, (core) => {
      core.answerDecision = (tool) => {
        tool.row = { ...tool.row, fingerprint: "fp-2" };
        return { row: tool.row, outcome: "definition_changed", decision: 1 };
      };
    });
    await openReview(user);
    await heading("rename_issue");
    await user.click(screen.getByRole("button", { name: "Ask first" }));
    expect(await screen.findByText(/is not the one that was on screen/)).toBeTruthy();
    expect(await screen.findByText(/changed while you were looking/)).toBeTruthy();
    await heading("rename_issue");
  });

  it("says when PostHog keeps another state", async () => {
    const { user } = show({}, (core) => {
      core.answerDecision = (tool) => ({ row: tool.row, outcome: "kept_otherwise", decision: 1 });
    });
    await openReview(user);
    await heading("rename_issue");
    await user.click(screen.getByRole("button", { name: "Block" }));
    expect(await screen.findByText(/You asked for “Blocked”. PostHog keeps “Allowed”/)).toBeTruthy();
  });

  it("takes none about a definition that arrived while another was being read", async () => {
    const { fake, user } = show();
    await openReview(user);
    await heading("rename_issue");
    const known = fake.servers[2]?.tools.find(({ row }) => row.name === "rename_issue");
    if (known) known.row = { ...known.row, fingerprint: "fp-2" };
    fake.emit({ kind: "review" });
    expect(await screen.findByText(/changed while you were looking/)).toBeTruthy();
    screen.getByRole("grid").focus();
    await user.keyboard("r");
    nothingDone(fake);
    await user.click(screen.getByRole("button", { name: "I have read it" }));
    await user.click(screen.getByRole("button", { name: "Ask first" }));
    await waitFor(() => expect(fake.callsOf("decide")).toMatchObject([{ fingerprint: "fp-2" }]));
  });

  it("is refused offline with the reason; accepting what sends nothing is not", async () => {
    const { fake, user } = show({ offline: true });
    await openReview(user);
    await heading("rename_issue");
    await user.click(screen.getByRole("button", { name: /^Ask first ?\. You are offline/ }));
    screen.getByRole("grid").focus();
    await user.keyboard("r");
    nothingDone(fake);
    await open(user, "issues/bulk");
    await user.click(screen.getByRole("button", { name: "Accept as it is" }));
    await waitFor(() => expect(fake.callsOf("accept").length).toBe(1));
  });

  it.each([
    ["issues/bulk", /PostHog has no address for a tool with this name/],
    ["create_project", /belongs to a colleague/],
    ["delete_project", /A rule of your team fixes this/],
  ])(
    "where nothing may be chosen (%s), accepting it as it is is offered with the reason",
    async (tool, why) => {
      const { fake, user } = show();
      await openReview(user);
      await user.click(await entryLine(tool));
      await heading(tool);
      expect(await screen.findByText(why)).toBeTruthy();
      expect(screen.queryByRole("button", { name: "Block" })).toBeNull();
      await user.click(screen.getByRole("button", { name: "Accept as it is" }));
      await waitFor(() =>
        expect(fake.callsOf("accept")).toMatchObject([{ tools: { of: "tools", tools: [{ tool }] } }]),
      );
      expect(fake.callsOf("decide")).toEqual([]);
    },
  );

  it("notes a removal without asking PostHog for anything", async () => {
    const { fake, user } = show();
    await openReview(user);
    await open(user, "old_export");
    await user.click(screen.getByRole("button", { name: "Noted" }));
    await waitFor(() => expect(document.querySelector('[data-entry="old_export"]')).toBeNull());
    expect(fake.callsOf("decide")).toEqual([]);
  });

  it("keeps a known finding quiet, and takes that back", async () => {
    const { fake, user } = show();
    await openReview(user);
    const box = (await screen.findAllByRole("checkbox", { name: "Known, keep quiet" }))[0] as HTMLElement;
    await user.click(box);
    await waitFor(() => expect((box as HTMLInputElement).checked).toBe(true));
    await user.click(box);
    await waitFor(() =>
      expect(fake.callsOf("accept_finding").map(({ accepted }) => accepted)).toEqual([true, false]),
    );
  });
});

describe("undo", () => {
  it("of a stricter decision that would loosen shows what it does before it does it", async () => {
    const { fake, user } = show();
    await openReview(user);
    await heading("rename_issue");
    screen.getByRole("grid").focus();
    await user.keyboard("r");
    await screen.findByText("rename_issue: PostHog answered: Ask first.");
    screen.getByRole("grid").focus();
    await user.keyboard("z");
    const plan = await screen.findByRole("dialog", { name: "Take back 1 decision" });
    expect(within(plan).getByText(/1 of these becomes less strict/)).toBeTruthy();
    expect(fake.callsOf("apply_plan")).toEqual([]);
    await user.click(within(plan).getByRole("button", { name: "Apply" }));
    await waitFor(() => expect(fake.callsOf("apply_plan")).toMatchObject([{ looser_confirmed: false }]));
  });

  it("leaves the focus in the list, on the entry that returns, although its button is gone", async () => {
    const { user } = show();
    await allow(user);
    await user.click(screen.getByRole("button", { name: "Undo" }));
    await heading("create_issue");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("grid")));
    expect(marked()?.dataset.entry).toBe("create_issue");
  });

  it("of what emptied the list leaves the focus in the list that is there again", async () => {
    const { user } = show({}, (core) => {
      core.desk.entries = core.desk.entries.filter(({ tool }) => tool === "create_issue");
    });
    await openReview(user);
    await heading("create_issue");
    await user.click(screen.getByRole("button", { name: "Allow" }));
    await user.click(await screen.findByRole("button", { name: "Undo the last step" }));
    await heading("create_issue");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("grid")));
  });

  it("that is asked about leaves the focus in the list once its dialogs are closed", async () => {
    const { user } = show();
    await openReview(user);
    await heading("rename_issue");
    await user.click(screen.getByRole("button", { name: "Block" }));
    await heading("list_issue");
    await user.click(screen.getByRole("button", { name: "Undo" }));
    await user.click(await screen.findByRole("button", { name: "Apply" }));
    await user.click(await screen.findByRole("button", { name: "Close" }));
    await heading("rename_issue");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("grid")));
  });

  it("of an allowance is plain and done at once, by the number of that decision", async () => {
    const { fake, user } = show();
    await allow(user);
    const decision = fake.desk.activity[0]?.undo;
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(await screen.findByText("create_issue: taken back. PostHog answered: Ask first.")).toBeTruthy();
    expect(fake.callsOf("plan_undo")).toEqual([{ batch: null, decision }]);
    expect(fake.callsOf("apply_plan")).toMatchObject([{ looser_confirmed: false }]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("opens the entry that returns, and marks it", async () => {
    const { user } = show();
    await allow(user);
    await open(user, "rename_issue");
    screen.getByRole("grid").focus();
    await user.keyboard("z");
    await heading("create_issue");
    await waitFor(() => expect(marked()?.dataset.entry).toBe("create_issue"));
  });

  it("that is asked about opens the entry only once it is done", async () => {
    const { user } = show();
    await openReview(user);
    await heading("rename_issue");
    screen.getByRole("grid").focus();
    await user.keyboard("r");
    await heading("list_issue");
    screen.getByRole("grid").focus();
    await user.keyboard("z");
    const plan = await screen.findByRole("dialog", { name: "Take back 1 decision" });
    await heading("list_issue");
    await user.click(within(plan).getByRole("button", { name: "Apply" }));
    await user.click(await screen.findByRole("button", { name: "Close" }));
    await heading("rename_issue");
    await waitFor(() => expect(marked()?.dataset.entry).toBe("rename_issue"));
  });

  it.each(["Accept as it is", "Later"])("of “%s” opens the entry again", async (step) => {
    const { user } = show();
    await openReview(user);
    await open(user, "issues/bulk");
    await user.click(screen.getByRole("button", { name: step }));
    await screen.findByText(/^issues\/bulk: /);
    await open(user, "rename_issue");
    screen.getByRole("grid").focus();
    await user.keyboard("z");
    await heading("issues/bulk");
    await waitFor(() => expect(marked()?.dataset.entry).toBe("issues/bulk"));
  });

  it("does not take whoever has gone on meanwhile back", async () => {
    const { fake, user } = show({ held: true });
    await allow(user);
    screen.getByRole("grid").focus();
    await user.keyboard("z");
    await screen.findByText("Taking it back…");
    await open(user, "list_issue");
    step(fake, fake.desk.batches[0]?.view.id ?? 0);
    await entryLine("create_issue");
    await heading("list_issue");
    expect(marked()?.dataset.entry).toBe("list_issue");
  });

  it("that changed nothing does not open the entry when it comes back by itself later", async () => {
    const { fake, user } = show({ held: true });
    await allow(user);
    await open(user, "list_issue");
    await user.click(screen.getByRole("button", { name: "Undo" }));
    await screen.findByText("0 of 1 decided");
    fake.answerItem = () => "kept_otherwise";
    step(fake, fake.desk.batches[0]?.view.id ?? 0);
    await waitFor(() => expect(screen.queryByText(/of 1 decided/)).toBeNull());
    fake.desk.restore("srv-linear", "create_issue");
    fake.emit({ kind: "review" });
    await entryLine("create_issue");
    await heading("list_issue");
    expect(marked()?.dataset.entry).toBe("list_issue");
  });

  it("is said only when PostHog has answered, and when it refuses, with its words and another try", async () => {
    const { fake, user } = show({ held: true }, (core) => {
      core.answerItem = (item) => {
        item.problem = refusal("ceiling", "A team admin set a stricter ceiling.");
        return "refused";
      };
    });
    await allow(user);
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(await screen.findByText("Taking it back…")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
    step(fake, fake.desk.batches[0]?.view.id ?? 0);
    expect(
      await screen.findByText(
        "create_issue: not taken back. PostHog said: A team admin set a stricter ceiling.",
      ),
    ).toBeTruthy();
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(fake.callsOf("plan_undo").length).toBe(2));
  });

  it("that ends while something else is done is told in passing", async () => {
    const { fake, user } = show({ held: true });
    await allow(user);
    await user.click(screen.getByRole("button", { name: "Undo" }));
    await screen.findByText("Taking it back…");
    await open(user, "issues/bulk");
    await user.click(screen.getByRole("button", { name: "Later" }));
    await screen.findByText(/issues\/bulk: put off/);
    step(fake, fake.desk.batches[0]?.view.id ?? 0);
    expect(
      (await screen.findAllByText("create_issue: taken back. PostHog answered: Ask first.")).length,
    ).toBeGreaterThan(0);
    expect(screen.getByText(/issues\/bulk: put off/)).toBeTruthy();
  });

  it("brings back what was put off, then the step before it", async () => {
    const { fake, user } = show();
    await allow(user);
    await open(user, "issues/bulk");
    await user.click(screen.getByRole("button", { name: "Later" }));
    await screen.findByText(/issues\/bulk: put off/);
    expect((await entryLine("issues/bulk")).textContent).toContain("Later");
    const grid = screen.getByRole("grid");
    grid.focus();
    await user.keyboard("z");
    await screen.findByText("Taken back.");
    expect(fake.callsOf("put_off").map(({ later }) => later)).toEqual([true, false]);
    grid.focus();
    await user.keyboard("z");
    await waitFor(() => expect(fake.callsOf("plan_undo").length).toBe(1));
  });
});
