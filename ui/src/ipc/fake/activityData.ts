/** Lines of the fake's Activity. */
import { before, type FakeServer } from "../fakeData";
import type { ActivityKind, ActivityRow } from "../generated";

let last = 0;

export const line = (what: ActivityKind, facts: Partial<ActivityRow>): ActivityRow => ({
  id: `line-${++last}`,
  at: before(10),
  what,
  server_id: null,
  server_name: "",
  tool: null,
  label: facts.tool ?? "",
  before: "",
  asked: "",
  answered: "",
  result: "",
  words: "",
  batch: null,
  undo: null,
  ...facts,
});

/** A usual week, newest first. */
export const usualActivity = (): ActivityRow[] => {
  const linear = { server_id: "srv-linear", server_name: "Linear" };
  const github = { server_id: "srv-github", server_name: "GitHub" };
  const sentry = { server_id: "srv-sentry", server_name: "Sentry" };
  return [
    line("decided", {
      ...linear,
      at: before(12),
      tool: "search_issue",
      before: "needs_approval",
      asked: "approved",
      answered: "approved",
      result: "as_asked",
      undo: 12,
    }),
    line("login_broken", { ...sentry, at: before(40), words: "Upstream returned status 401" }),
    line("changed", { ...linear, at: before(78), tool: "rename_issue" }),
    line("automatic", {
      ...github,
      at: before(79),
      tool: "search_project",
      before: "approved",
      asked: "needs_approval",
      answered: "needs_approval",
      result: "as_asked",
      batch: 3,
      undo: 11,
    }),
    line("decided", {
      ...github,
      at: before(130),
      tool: "create_team",
      before: "needs_approval",
      asked: "approved",
      answered: "needs_approval",
      result: "kept_otherwise",
    }),
    line("decided", {
      ...github,
      at: before(131),
      tool: "create_user",
      before: "needs_approval",
      asked: "approved",
      result: "refused",
      words: "A team admin set a stricter ceiling for this tool.",
    }),
    line("decided", {
      ...github,
      at: before(132),
      tool: "create_view",
      before: "approved",
      asked: "do_not_use",
      result: "unknown",
    }),
    line("new", { ...linear, at: before(200), tool: "create_issue" }),
    line("removed", { ...linear, at: before(900), tool: "old_export" }),
    line("accepted", { ...github, at: before(1500), tool: "link_cycle", batch: 2, undo: 9 }),
    line("read_failed", { ...github, at: before(1600), words: "Upstream initialize returned status 401" }),
    line("link_came", { at: before(3000) }),
    line("baseline", { ...github, at: before(60 * 24 * 4), words: "96 tools", batch: 1 }),
    line("first_contact", { ...github, at: before(60 * 24 * 4), words: "96 tools" }),
  ];
};

/** A line for every tool there is. */
export const manyActivities = (servers: FakeServer[]): ActivityRow[] =>
  servers.flatMap(({ row, tools }) =>
    tools.map((tool, i) =>
      line(i % 3 === 0 ? "changed" : "decided", {
        server_id: row.id,
        server_name: row.name,
        tool: tool.row.name,
        label: tool.row.label,
        at: before(10 + i),
        ...(i % 3 !== 0 && {
          before: "needs_approval",
          asked: "approved",
          answered: "approved",
          result: "as_asked",
          undo: 1000 + i,
        }),
        words: i % 7 === 0 ? "<b>words of a server</b> ".repeat(8) : "",
      }),
    ),
  );
