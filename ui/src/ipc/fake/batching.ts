/** Plans and batches in the fake: what would happen, and how it goes. */
import type { Fake, Handlers } from "../fake";
import { refusal } from "../fake";
import { ALL, countOf } from "../fakeData";
import type {
  BatchItem,
  BatchView,
  Decision,
  ItemResult,
  PlanPart,
  PlanView,
  ToolDetail,
} from "../generated";
import { line } from "./activityData";
import type { FakeBatch, FakePlan } from "./desk";
import { chosen } from "./reviewing";

type Batching = Pick<
  Handlers,
  | "plan_decisions"
  | "plan_undo"
  | "list_plan"
  | "apply_plan"
  | "list_batches"
  | "list_batch_items"
  | "pause_batch"
  | "resume_batch"
  | "stop_batch"
  | "retry_batch"
>;

/** Later is stricter. */
const strictness = (state: string) => (state === "approved" ? 0 : state === "needs_approval" ? 1 : 2);

const unsettled: ItemResult[] = ["refused", "unknown", "skipped"];

/** What a person may take back in one step. */
interface Wanted {
  server_id: string;
  tool: string;
  fingerprint: string | null;
  asked: Decision;
}

function partOf(tool: ToolDetail | undefined, wanted: Wanted): PlanPart {
  if (!tool) return "missing";
  const { row } = tool;
  if (row.fixed) return row.fixed;
  if (wanted.fingerprint !== null && row.fingerprint !== wanted.fingerprint) return "moved";
  if (!row.choices.includes(wanted.asked)) return "ceiling";
  return row.state === wanted.asked && !row.changed ? "already" : "change";
}

/** A plan of decisions, one for each tool. */
export function plan(fake: Fake, wanted: Wanted[], asked: Decision | null, undoes: number | null): PlanView {
  const items = new Map<PlanPart, BatchItem[]>();
  for (const one of wanted) {
    const owner = fake.servers.find(({ row }) => row.id === one.server_id);
    const tool = owner?.tools.find(({ row }) => row.name === one.tool);
    const part = partOf(tool, one);
    items.set(part, [
      ...(items.get(part) ?? []),
      {
        server_id: one.server_id,
        server_name: owner?.row.name ?? one.server_id,
        tool: one.tool,
        label: tool?.row.label ?? one.tool,
        before: tool?.row.state ?? "",
        asked: one.asked,
        result: "waiting",
        answered: "",
        problem: null,
        row: tool?.row ?? null,
      },
    ]);
  }
  const changing = items.get("change") ?? [];
  const moving = changing.filter((item) => item.asked !== item.before);
  const states = [...new Set(moving.map(({ before }) => before))];
  const view: PlanView = {
    plan: fake.desk.number(),
    asked,
    parts: [...items].map(([part, tools]) => ({ part, count: tools.length })),
    from: states.map((state) => ({ state, count: moving.filter(({ before }) => before === state).length })),
    looser: changing.filter((item) => strictness(item.asked) < strictness(item.before)).length,
    asks_again: changing.filter((item) => strictness(item.asked) < strictness(item.before)).length > 1,
    only_pins: changing.length - moving.length,
    keeps_explicit: 0,
    seconds: Math.ceil(changing.length / 7),
  };
  fake.desk.plans.set(view.plan, { view, items, undoes });
  return view;
}

/** Counts what became of a batch and whether anything of it can be taken back or tried again. */
function count(batch: FakeBatch): void {
  const results = [...new Set(batch.items.map(({ result }) => result))];
  const of = (wanted: ItemResult) => batch.items.filter(({ result }) => result === wanted).length;
  batch.view.results = results.map((result) => ({ result, count: of(result) }));
  batch.view.seconds_left = Math.ceil(of("waiting") / 7);
  batch.view.can_undo = of("as_asked") > 0 && batch.view.state !== "running";
  batch.view.can_retry =
    batch.view.state === "done" && batch.items.some(({ result }) => unsettled.includes(result));
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
    tool.row = { ...tool.row, state: item.asked, decided_by: "scope", changed: false };
    owner.row.counts = countOf(owner.tools);
    fake.desk.drop(item.server_id, item.tool);
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

export function batching(fake: Fake): Batching {
  const { desk } = fake;
  const batchOf = (id: number): FakeBatch => {
    const found = desk.batches.find(({ view }) => view.id === id);
    if (!found) throw refusal("not_found");
    return found;
  };
  const planOf = (id: number): FakePlan => {
    const found = desk.plans.get(id);
    if (!found) throw refusal("not_found");
    return found;
  };
  const run = (id: number) => {
    if (!desk.held) setTimeout(() => step(fake, id), fake.delay);
  };
  const stand = (id: number, state: BatchView["state"]) => {
    const batch = batchOf(id);
    batch.view.state = state;
    batch.view.problem = null;
    if (state === "stopped")
      for (const item of batch.items) if (item.result === "waiting") item.result = "skipped";
    count(batch);
    fake.emit({ kind: "batches" });
    if (state === "running") run(id);
    return {};
  };
  const back = (items: BatchItem[]) =>
    items
      .filter(({ result }) => result === "as_asked")
      .map(({ server_id, tool, before }) => ({
        server_id,
        tool,
        fingerprint: null,
        asked: decision(before),
      }));
  return {
    plan_decisions: ({ tools, decision: asked }) =>
      plan(
        fake,
        chosen(fake, tools).map((seen) => ({ ...seen, asked })),
        asked,
        null,
      ),
    plan_undo: ({ batch, decision: number }) => {
      if (batch !== null) return plan(fake, back(batchOf(batch).items), null, batch);
      const found = desk.activity.find(({ undo }) => undo === number);
      if (!found?.server_id || found.tool === null) throw refusal("not_found");
      const { server_id, tool, before } = found;
      return plan(fake, [{ server_id, tool, fingerprint: null, asked: decision(before) }], null, null);
    },
    list_plan: ({ plan: id, part, offset, limit }) => {
      const items = planOf(id).items.get(part) ?? [];
      return { items: items.slice(offset, offset + limit), total: items.length };
    },
    apply_plan: ({ plan: id, looser_confirmed }) => {
      fake.online();
      const { view, items, undoes } = planOf(id);
      if (view.asks_again && !looser_confirmed) throw refusal("invalid", "", { field: "looser_confirmed" });
      desk.plans.delete(id);
      const changing = (items.get("change") ?? []).map((item) => ({ ...item }));
      const began = put(fake, changing, {
        kind: view.asked === null ? "undo" : "decide",
        asked: view.asked,
        undoes,
      });
      run(began.id);
      return began;
    },
    list_batches: () => desk.batches.map(({ view }) => view),
    list_batch_items: ({ batch, result, offset, limit }) => {
      const items = batchOf(batch).items.filter((item) => result === null || item.result === result);
      return { items: items.slice(offset, offset + limit), total: items.length };
    },
    pause_batch: ({ batch }) => stand(batch, "paused"),
    resume_batch: ({ batch }) => stand(batch, "running"),
    stop_batch: ({ batch }) => stand(batch, "stopped"),
    retry_batch: ({ batch }) => {
      for (const item of batchOf(batch).items) if (unsettled.includes(item.result)) item.result = "waiting";
      return stand(batch, "running");
    },
  };
}

const decision = (state: string): Decision => ALL.find((one) => one === state) ?? "needs_approval";
