import { type FakeServer, before, manyTools, NO_CLAIMS, parameter, server } from "../fakeData";

/** The servers of the usual project, and what can be wrong with them. */
export function usualServers(): FakeServer[] {
  const rename =
    "Renames an issue. It keeps its number.\n\nThe change is visible to everybody who can see the issue.";
  return [
    server(
      {
        id: "srv-sentry",
        name: "Sentry",
        host: "mcp.sentry.dev",
        status: "log_in_again",
        seen_at: before(40),
        last_read_at: before(40),
        description: "Errors, traces and releases.",
      },
      [
        {
          name: "find_issues",
          description: "Search issues by query, project and time range.",
          state: "approved",
          decided_by: "scope",
          claims: { ...NO_CLAIMS, read_only: true, open_world: false },
        },
        {
          name: "get_trace",
          description: "One trace with its spans.",
          state: "approved",
          decided_by: "scope",
          changed: true,
        },
        { name: "resolve_issue", description: "Mark an issue resolved, now or in the next release." },
        {
          name: "delete_project",
          description: "Delete a project and all its events.",
          claims: { ...NO_CLAIMS, read_only: false, destructive: true },
          state: "do_not_use",
          decided_by: "rule",
          locked: true,
          fixed: "locked",
          choices: [],
        },
      ],
    ),
    server(
      {
        id: "srv-atlas",
        name: "Atlassian",
        host: "mcp.atlassian.com",
        status: "finish_connecting",
        last_read_at: null,
        seen_at: null,
      },
      [],
    ),
    server(
      {
        id: "srv-linear",
        name: "Linear",
        host: "mcp.linear.app",
        description: "Issues, projects and cycles.",
      },
      [
        {
          name: "delete_issue",
          description: "Permanently delete an issue and its sub-issues.",
          ceiling: "needs_approval",
          choices: ["needs_approval", "do_not_use"],
          decided_by: "team",
          parameters: [parameter("id", "string", true, "The issue, by its number or its id.")],
        },
        {
          name: "rename_issue",
          title: "Rename issue",
          description: rename,
          state: "approved",
          decided_by: "scope",
          changed: true,
          parameters: [
            parameter("id", "string", true, "The issue, by its number or its id."),
            parameter("title", "string", true),
            parameter("notify", "object", false, "Who hears of it."),
            parameter("team", "boolean", true, "", 1),
            parameter("reason", "“typo” | “scope” | “other”", false, "", 1),
          ],
        },
        {
          name: "issues/bulk",
          description: "Change many issues in one call.",
          fixed: "not_addressable",
          choices: [],
        },
        {
          name: "triage",
          description: "Move issues out of triage.",
          state: "only_on_tuesdays",
          fixed: "locked",
          choices: [],
          decided_by: "oracle",
        },
        {
          name: "old_export",
          description: "Export everything as CSV.",
          state: "approved",
          decided_by: "scope",
          removed_at: before(900),
        },
        ...manyTools(34),
      ],
    ),
    server(
      {
        id: "srv-github",
        name: "GitHub",
        host: "api.githubcopilot.com",
        status: "last_read_failed",
        last_error: "Upstream initialize returned status 401",
        last_read_at: before(125),
      },
      manyTools(96),
    ),
    server(
      {
        id: "srv-farm",
        name: "Build farm",
        host: "mcp.farm.example",
        auth: "api_key",
        shared: true,
        is_owner: false,
        last_read_at: before(300),
      },
      manyTools(212).map((seed) => ({ ...seed, fixed: "not_yours" as const, choices: [] })),
    ),
    server(
      {
        id: "srv-warehouse",
        name: "Warehouse",
        host: "warehouse.acme.example",
        auth: "api_key",
        status: "off",
        last_read_at: "2026-11-03T09:00:00Z",
      },
      [
        { name: "run_query", description: "Run a read-only query." },
        { name: "list_tables", description: "Tables with their columns." },
        { name: "explain", description: "The plan of a query." },
      ],
    ),
    server(
      {
        id: "srv-wiki",
        name: "Wiki",
        host: "wiki.acme.example",
        status: "off_for_team",
        last_read_at: before(190),
        seen_at: before(2),
      },
      [
        {
          name: "find_page",
          description: "Finds pages by their words.",
          state: "approved",
          decided_by: "scope",
        },
        { name: "edit_page", description: "Changes the text of a page." },
      ],
    ),
  ];
}
