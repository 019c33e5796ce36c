/** The commands of plans and batches, in the fake. */
import type { Fake, Handlers } from "../fake";
import { refusal } from "../fake";
import { ALL } from "../fakeData";
import type { BatchItem, BatchView, Decision, PlanPart, PlanView, ToolDetail } from "../generated";
import { count, failed, put, step } from "./batch";
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

/** What a person may take back in one step. */
interface Wanted {
  server_id: string;
  tool: string;
  fingerprint: string | null;
  asked: Decision;
  /** Taking back: what ruled before. */
  ruled?: string | undefined;
  /** Taking back: PostHog was not asked for it either. */
  silent?: boolean;
}

function partOf(tool: ToolDetail | undefined, wanted: Wanted): PlanPart {
  if (!tool) return "missing";
  if (wanted.silent) return "change";
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
  const keeps = (by: string[]) =>
    wanted.filter(
      ({ ruled, ...one }) =>
        ruled &&
        by.includes(ruled) &&
        changing.some((item) => item.tool === one.tool && item.server_id === one.server_id),
    ).length;
  const states = [...new Set(moving.map(({ before }) => before))];
  const view: PlanView = {
    plan: fake.desk.number(),
    asked,
    parts: [...items].map(([part, tools]) => ({ part, count: tools.length })),
    from: states.map((state) => ({ state, count: moving.filter(({ before }) => before === state).length })),
    looser: changing.filter((item) => strictness(item.asked) < strictness(item.before)).length,
    asks_again: changing.filter((item) => strictness(item.asked) < strictness(item.before)).length > 1,
    only_pins: changing.length - moving.length,
    keeps_over_team: keeps(["preset", "team"]),
    keeps_over_default: keeps(["default"]),
    seconds: wanted.every(({ silent }) => silent) ? 0 : Math.ceil(changing.length / 7),
  };
  fake.desk.plans.set(view.plan, { view, items, undoes });
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
  const back = ({ view, items }: FakeBatch) => {
    const silent = view.kind === "accept";
    return items
      .filter(({ result }) => result === "as_asked")
      .map(({ server_id, tool, before, row }) => ({
        server_id,
        tool,
        fingerprint: null,
        asked: decision(before),
        ruled: silent ? undefined : row?.decided_by,
        silent,
      }));
  };
  return {
    plan_decisions: ({ tools, decision: asked }) =>
      plan(
        fake,
        chosen(fake, tools).map((seen) => ({ ...seen, asked })),
        asked,
        null,
      ),
    plan_undo: ({ batch, decision: number }) => {
      if (batch !== null) return plan(fake, back(batchOf(batch)), null, batch);
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
      for (const item of batchOf(batch).items.filter(failed))
        Object.assign(item, { result: "waiting", problem: null });
      return stand(batch, "running");
    },
  };
}

const decision = (state: string): Decision => ALL.find((one) => one === state) ?? "needs_approval";
