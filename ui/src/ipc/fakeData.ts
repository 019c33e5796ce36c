/** Believable facts for the fake backend. Every name and address is made up or a well-known product's. */
import type { Claims, Counts, Decision, ParameterView, ServerRow, ToolDetail, ToolRow } from "./generated";

/** The fake's idea of the present: fixed, so that pictures and tests do not depend on the day. */
export const NOW = Date.parse("2026-11-23T10:30:00Z");

export const before = (minutes: number, now = NOW) => new Date(now - minutes * 60_000).toISOString();

export const ALL: Decision[] = ["approved", "needs_approval", "do_not_use"];

type ToolSeed = Partial<ToolRow> & { name: string; description?: string; parameters?: ParameterView[] };

export const parameter = (
  name: string,
  kind: string,
  required = false,
  description = "",
  depth = 0,
): ParameterView => ({
  name,
  kind,
  required,
  description,
  depth,
});

export const NO_CLAIMS: Claims = { read_only: null, destructive: null, idempotent: null, open_world: null };

/** A whole tool out of the few facts that matter. */
export function tool(server: { id: string; name: string }, seed: ToolSeed): ToolDetail {
  const { description = "", parameters = [], ...facts } = seed;
  const row: ToolRow = {
    label: facts.name,
    title: "",
    summary: description.split("\n")[0]?.slice(0, 300) ?? "",
    state: "needs_approval",
    choices: ALL,
    fixed: null,
    decided_by: "default",
    ceiling: null,
    locked: false,
    changed: false,
    review: facts.changed ? "changed_allowed" : null,
    removed_at: null,
    last_seen_at: before(40),
    tokens: 60 + ((facts.name.length * 37) % 400),
    fingerprint: `fp-${facts.name}-1`,
    claims: NO_CLAIMS,
    ...facts,
  };
  const properties = Object.fromEntries(
    parameters.filter((p) => p.depth === 0).map((p) => [p.name, { type: "string" }]),
  );
  return {
    row,
    server_id: server.id,
    server_name: server.name,
    description,
    description_clipped: false,
    parameters,
    schema: JSON.stringify({ type: "object", properties }, null, 2),
    history: [{ at: before(60 * 24 * 50), what: "first_seen", before: "", asked: "", answered: "" }],
  };
}

export function countOf(tools: ToolDetail[]): Counts {
  const counts: Counts = {
    total: 0,
    allowed: 0,
    ask: 0,
    blocked: 0,
    changed: 0,
    removed: 0,
    to_review: 0,
    tokens: 0,
  };
  for (const { row } of tools) {
    if (row.removed_at) {
      counts.removed++;
      continue;
    }
    counts.total++;
    counts.tokens += row.tokens;
    if (row.changed) counts.changed++;
    if (row.review && row.review !== "unpinned") counts.to_review++;
    if (row.state === "approved") counts.allowed++;
    else if (row.state === "needs_approval") counts.ask++;
    else counts.blocked++;
  }
  return counts;
}

export interface FakeServer {
  row: ServerRow;
  tools: ToolDetail[];
}

/** A server out of the few facts that matter. */
export function server(
  facts: Partial<ServerRow> & { id: string; name: string },
  seeds: ToolSeed[],
): FakeServer {
  const tools = seeds.map((seed) => tool(facts, seed));
  const host = facts.host ?? `mcp.${facts.name.toLowerCase().replaceAll(" ", "")}.example`;
  return {
    tools,
    row: {
      url: `https://${host}/mcp`,
      host,
      auth: "oauth",
      description: "",
      status: "connected",
      last_error: "",
      last_read_at: before(60),
      seen_at: before(2),
      created_at: "2026-10-03T08:15:30Z",
      shared: false,
      is_owner: true,
      refreshing: false,
      ...facts,
      counts: countOf(tools),
    },
  };
}

const verbs = ["list", "get", "create", "update", "search", "archive", "assign", "export", "link", "restore"];
const nouns = [
  "issue",
  "project",
  "comment",
  "label",
  "cycle",
  "document",
  "team",
  "user",
  "attachment",
  "view",
];
const does = [
  "Reads",
  "Returns one",
  "Makes a",
  "Changes a",
  "Finds every",
  "Archives a",
  "Assigns a",
  "Exports every",
  "Links a",
  "Restores a",
];

/** As many tools as wanted, told apart by name and decision. */
export const manyTools = (n: number): ToolSeed[] =>
  Array.from({ length: n }, (_, i) => {
    const verb = i % verbs.length;
    const noun = nouns[Math.floor(i / verbs.length) % nouns.length] ?? "thing";
    const round = Math.floor(i / (verbs.length * nouns.length));
    const state = verb < 2 || verb === 4 ? "approved" : verb === 5 ? "do_not_use" : "needs_approval";
    return {
      name: `${verbs[verb]}_${noun}${round > 0 ? `_${round + 1}` : ""}`,
      description: `${does[verb]} ${noun}, with the fields the caller may see.`,
      state,
      decided_by: state === "needs_approval" ? "default" : "scope",
      parameters: [parameter("id", "string", verb === 1), parameter("limit", "integer ≥ 1 ≤ 250")],
    };
  });
