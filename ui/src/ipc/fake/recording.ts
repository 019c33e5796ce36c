/** Activity, files and imports in the fake. */
import type { Fake, Handlers } from "../fake";
import { refusal } from "../fake";
import type { ActivityKind, ExportKind } from "../generated";
import { plan } from "./batching";

type Recording = Pick<Handlers, "list_activity" | "export_file" | "plan_import" | "apply_backup">;

const decisions: ActivityKind[] = ["decided", "accepted", "baseline", "imported", "undone", "automatic"];
const tools: ActivityKind[] = ["changed", "changed_back", "new", "removed", "returned", "first_contact"];

const files: Record<ExportKind, string> = {
  activity_json: "hedgerow-activity-2026-11-23.json",
  activity_csv: "hedgerow-activity-2026-11-23.csv",
  policy: "hedgerow-policy-2026-11-23.json",
  backup: "hedgerow-backup-2026-11-23.json",
};

export function recording(fake: Fake): Recording {
  return {
    list_activity: ({ search, filter, offset, limit }) => {
      const words = search.toLowerCase().split(/\s+/).filter(Boolean);
      const rows = fake.desk.activity.filter((row) => {
        const part = decisions.includes(row.what)
          ? "decisions"
          : tools.includes(row.what)
            ? "tools"
            : "connections";
        const text = `${row.server_name} ${row.label}`.toLowerCase();
        return (filter === "all" || filter === part) && words.every((word) => text.includes(word));
      });
      return { rows: rows.slice(offset, offset + limit), total: rows.length };
    },
    export_file: ({ kind }) => ({ name: files[kind], folder: "/home/ana/Downloads", count: 14 }),
    plan_import: ({ text }) => {
      if (!text.trim().startsWith("{"))
        throw refusal("invalid", "This is not a file of Hedgerow.", { field: "text" });
      const backup = text.includes("backup");
      const github = fake.servers.find(({ row }) => row.id === "srv-github");
      fake.desk.importing = {
        kind: backup ? "backup" : "policy",
        plan: backup
          ? null
          : plan(
              fake,
              (github?.tools ?? []).slice(0, 40).map(({ row }, i) => ({
                server_id: "srv-github",
                tool: row.name,
                fingerprint: row.fingerprint,
                asked: i % 4 === 0 ? "approved" : "needs_approval",
              })),
              null,
              null,
            ),
        unknown_servers: ["https://mcp.elsewhere.example/mcp"],
        unknown_tools: ["GitHub · merge_everything", "GitHub · <b>bold</b>"],
        other_definitions: backup ? [] : ["Linear · rename_issue"],
        new_pins: backup ? fake.desk.newPins : 0,
        kept_pins: backup ? 8 : 0,
        new_batches: backup ? 2 : 0,
        new_events: backup ? 41 : 0,
      };
      return fake.desk.importing;
    },
    apply_backup: () => {
      if (fake.desk.importing?.kind !== "backup") throw refusal("not_found");
      return { done: fake.desk.importing.new_pins, moved: 0, batch: null };
    },
  };
}
