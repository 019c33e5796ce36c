import type { Backend } from "./backend";
import { usualCatalog } from "./fakeCatalog";
import { before, type FakeServer, manyTools, NOW, countOf, server } from "./fakeData";
import { hostileServers } from "./fakeHostile";
import { managing } from "./fakeManaging";
import { line } from "./fake/activityData";
import { batching } from "./fake/batching";
import { Desk, type Desks } from "./fake/desk";
import { usualServers } from "./fake/usualServers";
import { recording } from "./fake/recording";
import { reviewing } from "./fake/reviewing";
import type {
  AccountView,
  ActiveProject,
  BatchItem,
  Boot,
  CatalogEntry,
  CommandError,
  Commands,
  Event,
  FlowView,
  ItemResult,
  KeyringView,
  SchemeView,
  SyncView,
  ToolDetail,
  ToolRow,
} from "./generated";

type Answer<K extends keyof Commands> = Commands[K][1];
type Args<K extends keyof Commands> = Commands[K][0];
export type Handlers = { [K in keyof Commands]: (args: Args<K>) => Answer<K> };

/** Where the fake starts. */
export interface FakeStart {
  /** Signed in to the usual project unless false. */
  signedIn?: boolean;
  servers?: "usual" | "none" | "hostile" | "huge";
  /** What waits in Review and stands in Activity: as the servers, unless told otherwise. */
  desk?: Desks;
  /** Batches stand still until told to go on. */
  held?: boolean;
  keyring?: KeyringView;
  offline?: boolean;
  /** Milliseconds every answer takes. */
  delay?: number;
  /** The present, for the countdown of flows and the ages of facts. */
  now?: number;
}

/** An error in the core's form. */
export const refusal = (
  code: CommandError["code"],
  message = "",
  more: Partial<CommandError> = {},
): CommandError => ({
  code,
  message,
  field: null,
  retry_after: null,
  ...more,
});

const account: AccountView = {
  id: "acc-ana",
  kind: "key",
  origin: "https://us.posthog.com",
  place: "US cloud",
  email: "ana@acme.example",
  has_key: true,
  projects: [
    { id: 42, name: "Acme analytics", organization: "Acme" },
    { id: 43, name: "Acme staging", organization: "Acme" },
  ],
};

const sample: AccountView = {
  id: "sample",
  kind: "sample",
  origin: "http://127.0.0.1:8000",
  place: "Sample",
  email: "sam@sample.example",
  has_key: true,
  projects: [{ id: 1, name: "Sample project", organization: "Sample" }],
};

const startServers = {
  usual: usualServers,
  hostile: hostileServers,
  none: (): FakeServer[] => [],
  huge: () => [server({ id: "srv-huge", name: "Huge", host: "mcp.huge.example" }, manyTools(10_000))],
};

/** A core in memory: it keeps what it is told, and answers as the real one would. For tests, the audit and `?fake`. */
export class Fake implements Backend {
  /** Every call so far, oldest first. */
  readonly calls: { name: keyof Commands; args: unknown }[] = [];
  accounts: AccountView[];
  active: ActiveProject | null;
  keyring: KeyringView;
  notice: Boot["notice"] = null;
  servers: FakeServer[];
  catalog: CatalogEntry[] = usualCatalog();
  catalogState: { fetching: boolean; problem: CommandError | null } = { fetching: false, problem: null };
  flows: FlowView[] = [];
  scheme: SchemeView = { owner: "other", other: "PostHog Code", declined: false };
  sync: SyncView;
  /** PostHog is of a generation that can share servers. */
  canShare = true;
  /** What PostHog answers to a decision, when it is not simply what was asked. */
  answerDecision: ((tool: ToolDetail, asked: string) => Answer<"decide">) | null = null;
  /** What becomes of a tool of a batch, when it is not simply as asked. */
  answerItem: ((item: BatchItem) => ItemResult) | null = null;
  readonly desk: Desk;
  readonly now: number;
  readonly delay: number;
  private readonly listeners = new Set<(event: Event) => void>();
  private readonly failures = new Map<keyof Commands, CommandError>();
  private readonly held = new Map<keyof Commands, Promise<void>>();
  private nextFlow = 1;

  constructor(start: FakeStart = {}) {
    const {
      signedIn = true,
      servers = "usual",
      desk = servers,
      held = false,
      keyring = "ready",
      offline = false,
      delay = 0,
      now = NOW,
    } = start;
    this.now = now;
    this.delay = delay;
    this.keyring = keyring;
    this.accounts = signedIn ? [structuredClone(account)] : [];
    this.active = signedIn ? { account: account.id, project: 42 } : null;
    this.servers = startServers[servers]();
    this.desk = new Desk(desk, this.servers, now);
    this.desk.held = held;
    this.handlers = this.handle();
    this.sync = {
      running: false,
      done: 0,
      total: 0,
      last_success_at: before(offline ? 40 : 2, now),
      problem: offline ? refusal("offline") : null,
      offline,
      queue: [],
      queue_resumes_ms: null,
    };
  }

  async call<K extends keyof Commands>(name: K, args: Args<K>): Promise<Answer<K>> {
    this.calls.push({ name, args: name === "sign_in_key" ? { ...args, key: "(not kept)" } : args });
    await this.held.get(name);
    await new Promise((resume) => setTimeout(resume, this.delay));
    const failure = this.failures.get(name);
    if (failure) throw structuredClone(failure);
    return structuredClone(this.handlers[name](args));
  }

  async listen(onEvent: (event: Event) => void): Promise<() => void> {
    this.listeners.add(onEvent);
    return () => void this.listeners.delete(onEvent);
  }

  emit(event: Event): void {
    for (const listener of this.listeners) listener(event);
  }

  /** Lets every call of this command fail, until told otherwise. */
  fail(name: keyof Commands, error: CommandError | null): void {
    if (error) this.failures.set(name, error);
    else this.failures.delete(name);
  }

  /** Holds the answers of a command back until the returned function is called. */
  hold(name: keyof Commands): () => void {
    let release = () => {};
    this.held.set(
      name,
      new Promise((resolve) => {
        release = () => {
          this.held.delete(name);
          resolve();
        };
      }),
    );
    return () => release();
  }

  /** Changes a flow and says so. */
  moveFlow(id: string, change: Partial<FlowView>): void {
    this.flows = this.flows.map((flow) => (flow.id === id ? { ...flow, ...change } : flow));
    this.emit({ kind: "flows" });
  }

  /** Arguments of every call of one command. */
  callsOf<K extends keyof Commands>(name: K): Args<K>[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.args as Args<K>);
  }

  server(id: string): FakeServer {
    const found = this.servers.find((one) => one.row.id === id);
    if (!found) throw refusal("not_found", "Not found.");
    return found;
  }

  private tool(id: string, name: string): ToolDetail {
    const found = this.server(id).tools.find((one) => one.row.name === name);
    if (!found) throw refusal("not_found", "Tool not found");
    return found;
  }

  online(): void {
    if (this.sync.offline) throw refusal("offline");
  }

  private flow(id: string): FlowView {
    const found = this.flows.find((one) => one.id === id);
    if (!found) throw refusal("not_found");
    return found;
  }

  startFlow(
    title: string,
    server_id: string | null,
    host: string | null,
    template_id: string | null = null,
  ): FlowView {
    const flow: FlowView = {
      id: `flow-${this.nextFlow++}`,
      title,
      account: this.active?.account ?? "",
      project: this.active?.project ?? 0,
      template_id,
      server_id,
      step: host ? "waiting" : "preparing",
      host,
      email: this.accounts[0]?.email ?? "",
      deadline_ms: host ? this.now + 552_000 : null,
      tools_found: null,
      problem: null,
      not_yet: false,
      browser_failed: false,
    };
    this.flows = [flow, ...this.flows];
    this.emit({ kind: "flows" });
    return flow;
  }

  /** The upstream said yes: the server is there, with tools. */
  finishFlow(id: string): void {
    const flow = this.flow(id);
    const server_id = flow.server_id ?? `srv-${flow.id}`;
    if (!this.servers.some((one) => one.row.id === server_id)) {
      this.servers.push(
        server(
          { id: server_id, name: flow.title, last_read_at: new Date(this.now).toISOString() },
          manyTools(12),
        ),
      );
    }
    const { row, tools } = this.server(server_id);
    row.status = "connected";
    this.catalog = this.catalog.map((entry) =>
      entry.name === flow.title ? { ...entry, installed: { server_id, status: "connected" } } : entry,
    );
    this.moveFlow(id, { step: "connected", server_id, tools_found: tools.length });
    this.emit({ kind: "servers" });
    this.emit({ kind: "catalog" });
  }

  rows({
    server_id,
    search,
    filter,
  }: Pick<Args<"list_tools">, "server_id" | "search" | "filter">): ToolRow[] {
    const wanted = search.trim().toLowerCase();
    return this.server(server_id)
      .tools.filter(({ row, description }) => {
        const removed = row.removed_at !== null;
        if (removed !== (filter === "removed")) return false;
        if (filter === "allowed" && row.state !== "approved") return false;
        if (filter === "ask" && row.state !== "needs_approval") return false;
        if (filter === "blocked" && (row.state === "approved" || row.state === "needs_approval"))
          return false;
        if (filter === "changed" && !row.changed) return false;
        return `${row.name} ${row.title} ${description}`.toLowerCase().includes(wanted);
      })
      .map(({ row }) => row);
  }

  private decide({ server_id, tool, decision, fingerprint }: Args<"decide">): Answer<"decide"> {
    this.online();
    const found = this.tool(server_id, tool);
    if (this.answerDecision) return this.answerDecision(found, decision);
    if (!found.row.choices.includes(decision))
      throw refusal("ceiling", "A team admin set a stricter ceiling for this tool.");
    const at = new Date(this.now).toISOString();
    const before = found.row.state;
    found.history = [{ at, what: "decided", before, asked: decision, answered: decision }, ...found.history];
    const pinned = found.row.fingerprint === fingerprint;
    found.row = { ...found.row, state: decision, decided_by: "scope", changed: !pinned };
    const owner = this.server(server_id);
    owner.row.counts = countOf(owner.tools);
    const number = this.desk.number();
    this.desk.activity.unshift(
      line("decided", {
        at,
        server_id,
        server_name: owner.row.name,
        tool,
        before,
        asked: decision,
        answered: decision,
        result: pinned ? "as_asked" : "definition_changed",
        undo: number,
      }),
    );
    if (pinned) this.desk.drop(server_id, tool);
    this.emit({ kind: "tools", server_id });
    for (const kind of ["servers", "review", "activity"] as const) this.emit({ kind });
    return { row: found.row, outcome: pinned ? "as_asked" : "definition_changed", decision: number };
  }

  private activate(active: ActiveProject): ActiveProject {
    this.active = active;
    this.emit({ kind: "boot" });
    return active;
  }

  private readonly handlers: Handlers;

  private handle(): Handlers {
    return {
      boot: () => ({
        version: "0.1.0",
        accounts: this.accounts,
        active: this.active,
        keyring: this.keyring,
        data_dir: "~/.local/share/dev.hedgerow.desktop",
        notice: this.notice,
      }),
      sign_in_key: ({ key, keep }) => {
        if (!key.startsWith("phx_"))
          throw refusal("key_refused", "Personal API key found but is invalid.", { field: "key" });
        if (keep === "keyring" && this.keyring !== "ready") {
          throw refusal(this.keyring === "absent" ? "keyring_absent" : "keyring_locked");
        }
        this.accounts = [structuredClone(account)];
        const several = key.includes("choose");
        const active = several ? null : this.activate({ account: account.id, project: 42 });
        return { account, active, kept: keep };
      },
      open_sample: () => {
        this.accounts = [...this.accounts.filter(({ id }) => id !== sample.id), structuredClone(sample)];
        return this.activate({ account: sample.id, project: 1 });
      },
      choose_project: (chosen) => this.activate({ account: chosen.account, project: chosen.project }),
      sign_out: ({ account: id }) => {
        this.accounts = this.accounts.filter((one) => one.id !== id);
        if (this.active?.account === id) this.active = null;
        this.emit({ kind: "boot" });
        return {};
      },
      list_servers: () => ({
        servers: this.servers.map(({ row }) => row),
        can_share: this.canShare,
        sync: this.sync,
      }),
      list_tools: (ask) => {
        const rows = this.rows(ask);
        return { rows: rows.slice(ask.offset, ask.offset + ask.limit), total: rows.length };
      },
      get_tool: ({ server_id, tool }) => this.tool(server_id, tool),
      decide: (args) => this.decide(args),
      sync_now: () => {
        if (!this.sync.offline)
          this.sync = { ...this.sync, last_success_at: new Date(this.now).toISOString(), problem: null };
        this.emit({ kind: "servers" });
        return {};
      },
      refresh_server: ({ server_id }) => {
        this.online();
        this.server(server_id).row.last_read_at = new Date(this.now).toISOString();
        this.emit({ kind: "tools", server_id });
        this.emit({ kind: "servers" });
        return {};
      },
      ...managing(this),
      ...reviewing(this),
      ...batching(this),
      ...recording(this),
      list_catalog: () => ({
        entries: this.catalog,
        as_of: before(30, this.now),
        never: false,
        fetching: this.catalogState.fetching,
        problem: this.catalogState.problem,
      }),
      connect_template: ({ template_id, api_key }) => {
        this.online();
        const entry = this.catalog.find((one) => one.id === template_id);
        if (!entry) throw refusal("not_found");
        if (entry.auth === "api_key" && (api_key ?? "").length < 4) {
          throw refusal("invalid", "This key is too short.", { field: "api_key" });
        }
        const flow = this.startFlow(
          entry.name,
          null,
          entry.auth === "oauth" ? `auth.${entry.host.replace("mcp.", "")}` : null,
          entry.id,
        );
        if (entry.auth === "api_key") setTimeout(() => this.finishFlow(flow.id), this.delay);
        return flow;
      },
      reconnect_server: ({ server_id }) => {
        this.online();
        const { row } = this.server(server_id);
        return this.startFlow(row.name, server_id, `auth.${row.host.replace("mcp.", "")}`);
      },
      list_flows: () => this.flows,
      open_flow_again: () => ({}),
      copy_flow_link: () => ({}),
      check_flow: ({ flow }) => {
        this.moveFlow(flow, { step: "checking" });
        setTimeout(() => this.finishFlow(flow), this.delay);
        return {};
      },
      cancel_flow: ({ flow }) => {
        this.moveFlow(flow, { step: "cancelled" });
        return {};
      },
      dismiss_flow: ({ flow }) => {
        this.flows = this.flows.filter(({ id }) => id !== flow);
        this.emit({ kind: "flows" });
        return {};
      },
      scheme: () => this.scheme,
      claim_scheme: () => {
        this.scheme = { owner: "hedgerow", other: "", declined: false };
        return this.scheme;
      },
      decline_scheme: () => {
        this.scheme = { ...this.scheme, declined: true };
        return this.scheme;
      },
      open_key_page: () => ({}),
      report_ui_error: () => ({}),
    };
  }
}
