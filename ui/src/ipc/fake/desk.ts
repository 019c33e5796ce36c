/** What a person has on the desk, in the fake: Review, batches, Activity, watching. */
import { before, type FakeServer, NOW } from "../fakeData";
import type {
  ActivityRow,
  BatchItem,
  BatchView,
  ImportPlan,
  PlanPart,
  PlanView,
  ReviewItem,
  WatchSettings,
  WatchView,
} from "../generated";
import { manyActivities, usualActivity } from "./activityData";
import { type FakeEntry, hostileReview, hugeReview, usualReview } from "./reviewData";

/** A plan with the tools of each part. */
export interface FakePlan {
  view: PlanView;
  items: Map<PlanPart, BatchItem[]>;
  undoes: number | null;
}

/** A batch with its tools, and the states they had. */
export interface FakeBatch {
  view: BatchView;
  items: BatchItem[];
}

export type Desks = "usual" | "none" | "hostile" | "huge";

const entries: Record<Desks, (servers: FakeServer[]) => FakeEntry[]> = {
  usual: usualReview,
  none: () => [],
  hostile: hostileReview,
  huge: hugeReview,
};

const lines: Record<Desks, (servers: FakeServer[]) => ActivityRow[]> = {
  usual: usualActivity,
  none: () => [],
  hostile: manyActivities,
  huge: manyActivities,
};

export class Desk {
  entries: FakeEntry[];
  activity: ActivityRow[];
  revision = 1;
  settings: WatchSettings = { watch: true, notify: true, set_back: false, review_keys: true };
  watch: WatchView;
  readonly plans = new Map<number, FakePlan>();
  batches: FakeBatch[] = [];
  importing: ImportPlan | null = null;
  /** What a backup brings that is not pinned here yet. */
  newPins = 212;
  /** Batches go on only when told to. */
  held = false;
  private last = 100;
  private dropped: FakeEntry[] = [];

  constructor(kind: Desks, servers: FakeServer[], now = NOW) {
    this.entries = entries[kind](servers);
    this.activity = lines[kind](servers);
    this.watch = {
      on: true,
      rests: null,
      next: servers[0] ? "GitHub" : null,
      next_ms: servers[0] ? now + 120_000 : null,
      last_at: servers[0] ? before(4, now) : null,
    };
  }

  /** A number nobody had before. */
  number(): number {
    this.last += 1;
    return this.last;
  }

  find(server_id: string, tool: string | null): FakeEntry | undefined {
    return this.entries.find((one) => one.server_id === server_id && one.tool === tool);
  }

  /** Takes an entry off the list. */
  drop(server_id: string, tool: string): void {
    const entry = this.find(server_id, tool);
    if (entry) this.dropped.push(entry);
    this.entries = this.entries.filter((one) => one !== entry);
    this.revision += 1;
  }

  /** Puts an entry back that was taken off. */
  restore(server_id: string, tool: string): void {
    const entry = this.dropped.findLast((one) => one.server_id === server_id && one.tool === tool);
    if (!entry) return;
    this.dropped = this.dropped.filter((one) => one !== entry);
    this.entries.push(entry);
    this.revision += 1;
  }
}

/** An entry as the window gets it; what is only looked at does not wait. */
export function itemOf(entry: FakeEntry, owner: FakeServer | undefined, waits = true): ReviewItem {
  const { group, server_id, later, noticed_at, gone_at, summary } = entry;
  const found = owner?.tools.find((one) => one.row.name === entry.tool)?.row;
  const row = found ? { ...found, review: waits ? group : null } : null;
  return {
    group,
    server_id,
    server_name: owner?.row.name ?? server_id,
    row,
    later,
    noticed_at,
    gone_at,
    summary,
    last_read_at: owner?.row.last_read_at ?? null,
    seen_at: owner?.row.seen_at ?? null,
    status: entry.tool === null ? (owner?.row.status ?? null) : null,
    tools: entry.tool === null ? (owner?.row.counts.total ?? 0) : 0,
  };
}
