import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { refusal } from "../../ipc/fake";
import { step } from "../../ipc/fake/batch";
import { show } from "../../test/show";

async function openActivity(...start: Parameters<typeof show>) {
  const shown = show(...start);
  await shown.user.click(await screen.findByRole("button", { name: "Activity" }));
  return shown;
}

it("tells what was decided, by what it was before and what came of it", async () => {
  await openActivity();
  const table = await screen.findByRole("table", { name: "Activity" });
  await waitFor(() => expect(table.textContent).toContain("Ask first → Allowed"));
  expect(table.textContent).toContain("PostHog keeps Ask first");
  expect(table.textContent).toContain("Set back by Hedgerow");
});

it("finds by words and by kind", async () => {
  const { fake, user } = await openActivity();
  await user.type(await screen.findByLabelText("Search servers and tools"), "linear rename");
  await waitFor(() => expect(document.querySelectorAll("[data-line]").length).toBe(1));
  await user.click(screen.getByRole("radio", { name: "Connections" }));
  expect(await screen.findByText("Nothing matches")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Show everything" }));
  await waitFor(() => expect(document.querySelectorAll("[data-line]").length).toBeGreaterThan(5));
  expect(fake.callsOf("list_activity").at(-1)).toMatchObject({ limit: 100 });
});

it("shows a bounded number of lines of ten thousand", async () => {
  await openActivity({ servers: "huge" });
  await waitFor(() => expect(document.querySelectorAll("[data-line]").length).toBeGreaterThan(5));
  expect(document.querySelectorAll("[data-line]").length).toBeLessThan(60);
  expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("10001");
});

it("takes a decision back only where there is something to take back", async () => {
  const { fake, user } = await openActivity();
  await waitFor(() => expect(document.querySelectorAll("[data-line]").length).toBeGreaterThan(5));
  expect(screen.getAllByRole("button", { name: /^Undo/ }).length).toBe(
    fake.desk.activity.filter(({ undo }) => undo !== null).length,
  );
  await user.click(screen.getByRole("button", { name: "Undo search_issue" }));
  await waitFor(() => expect(fake.callsOf("plan_undo")).toEqual([{ batch: null, decision: 12 }]));
});

it("says what PostHog answered to a decision that is taken back, also when it refuses", async () => {
  const { fake, user } = await openActivity({ held: true }, (core) => {
    const row = core.desk.activity.find(({ undo }) => undo === 12);
    // Blocking it again is stricter, so that no plan is shown first.
    if (row) row.before = "do_not_use";
    core.answerItem = (item) => {
      item.problem = refusal("ceiling", "A team admin set a stricter ceiling.");
      return "refused";
    };
  });
  await user.click(await screen.findByRole("button", { name: "Undo search_issue" }));
  await waitFor(() => expect(fake.callsOf("apply_plan").length).toBe(1));
  expect(screen.queryByText(/taken back/)).toBeNull();
  step(fake, fake.desk.batches[0]?.view.id ?? 0);
  const said = "search_issue: not taken back. PostHog said: A team admin set a stricter ceiling.";
  expect((await screen.findAllByText(said)).length).toBeGreaterThan(0);
});

it("writes a file and says where it is", async () => {
  const { fake, user } = await openActivity();
  await user.click(await screen.findByRole("button", { name: "Export CSV" }));
  expect((await screen.findAllByText("Written: hedgerow-activity-2026-11-23.csv")).length).toBeGreaterThan(0);
  expect(screen.getAllByText(/In \/home\/ana\/Downloads/).length).toBeGreaterThan(0);
  expect(fake.callsOf("export_file")).toEqual([{ kind: "activity_csv" }]);
});

it("says why it cannot be shown, and tries again", async () => {
  const { fake, user } = await openActivity({}, (core) => core.fail("list_activity", refusal("internal")));
  expect(await screen.findByText("Activity could not be shown")).toBeTruthy();
  fake.fail("list_activity", null);
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("table")).toBeTruthy();
});
