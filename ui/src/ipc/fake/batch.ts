/** Batches of the fake: how they stand, go on and end. */
import type { Fake } from "../fake";
import { countOf } from "../fakeData";
import type { BatchItem, BatchView, ItemResult } from "../generated";
import { line } from "./activityData";
import type { FakeBatch } from "./desk";

/** Whether a tool may be tried again. What was stopped is skipped too, but did not fail: nothing went wrong with it. */
export const failed = ({ result, problem }: BatchItem) =>
  result === "refused" || result === "unknown" || (result === "skipped" && problem !== null);

/** Counts what became of a batch and whether anything of it can be taken back or tried again. */
export function count(batch: FakeBatch): void {
  const results = [...new Set(batch.items.map(({ result }) => result))];
  const of = (wanted: ItemResult) => batch.items.filter(({ result }) => result === wanted).length;
  batch.view.results = results.map((result) => ({ result, count: of(result) }));
  batch.view.seconds_left = Math.ceil(of("waiting") / 7);
  batch.view.can_undo = of("as_asked") > 0 && batch.view.state !== "running";
  batch.view.can_retry =
    ["done", "stopped", "interrupted"].includes(batch.view.state) && batch.items.some(failed);
}

export const emptyBatch = (fake: Fake, facts: Partial<BatchView>): BatchView => ({
  id: fake.desk.number(),
  kind: "decide",
  asked: null,
  state: "running",
  began_at: new Date(fake.now).toISOString(),
  ended_at: null,
  total: 0,
  results: [],
  resumes_ms: null,
  seconds_left: 0,
  problem: null,
  can_undo: false,
  can_retry: false,
  undoes: null,
  ...facts,
});

/** Sends the next `n` tools of a batch and reads them back. */
export function step(fake: Fake, id: number, n = Number.POSITIVE_INFINITY): void {
  const batch = fake.desk.batches.find(({ view }) => view.id === id);
  if (batch?.view.state !== "running") return;
  for (const item of batch.items.filter(({ result }) => result === "waiting").slice(0, n)) {
    const owner = fake.server(item.server_id);
    const tool = owner.tools.find(({ row }) => row.name === item.tool);
    if (!tool) continue;
    item.result = fake.answerItem?.(item) ?? "as_asked";
    if (item.result !== "as_asked") continue;
    item.answered = item.asked;
    if (batch.view.kind !== "undo" || item.asked !== item.before)
      tool.row = { ...tool.row, state: item.asked, decided_by: "scope", changed: false };
    owner.row.counts = countOf(owner.tools);
    if (batch.view.kind === "undo") fake.desk.restore(item.server_id, item.tool);
    else fake.desk.drop(item.server_id, item.tool);
    fake.desk.activity.unshift(
      line(batch.view.kind === "undo" ? "undone" : "decided", {
        at: new Date(fake.now).toISOString(),
        server_id: item.server_id,
        server_name: item.server_name,
        tool: item.tool,
        label: item.label,
        before: item.before,
        asked: item.asked,
        answered: item.asked,
        result: "as_asked",
        batch: id,
        undo: fake.desk.number(),
      }),
    );
  }
  if (!batch.items.some(({ result }) => result === "waiting")) {
    batch.view.state = "done";
    batch.view.ended_at = new Date(fake.now).toISOString();
  }
  count(batch);
  for (const kind of ["batches", "review", "activity", "servers"] as const) fake.emit({ kind });
  for (const server_id of new Set(batch.items.map((item) => item.server_id)))
    fake.emit({ kind: "tools", server_id });
}

/** Puts a batch on the desk that stands somewhere in the middle. */
export function put(fake: Fake, items: BatchItem[], facts: Partial<BatchView>): BatchView {
  const view = emptyBatch(fake, { total: items.length, ...facts });
  const batch = { view, items };
  count(batch);
  Object.assign(view, facts);
  fake.desk.batches.unshift(batch);
  fake.emit({ kind: "batches" });
  return view;
}
