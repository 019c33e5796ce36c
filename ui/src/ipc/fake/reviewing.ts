/** The commands of Review and of watching, in the fake. */
import type { Fake, Handlers } from "../fake";
import { refusal } from "../fake";
import type { BatchItem, ReviewCount, ReviewGroup, SeenTool, Selection } from "../generated";
import { put } from "./batch";
import { itemOf } from "./desk";
import { entry, type FakeEntry } from "./reviewData";

type Reviewing = Pick<
  Handlers,
  | "review"
  | "list_review"
  | "get_review"
  | "accept"
  | "put_off"
  | "accept_finding"
  | "watch"
  | "watch_settings"
  | "set_watch_settings"
>;

/** The groups in the order of the screen. */
const order: ReviewGroup[] = [
  "changed_allowed",
  "came_back",
  "new_allowed",
  "loosened",
  "new",
  "changed_otherwise",
  "removed",
  "connections",
  "unpinned",
];

/** Entries in the order of the list. */
const sorted = (entries: FakeEntry[]) =>
  order.flatMap((group) => {
    const mine = entries.filter((one) => one.group === group);
    return [...mine.filter(({ later }) => !later), ...mine.filter(({ later }) => later)];
  });

/** The tools a selection is about. */
export function chosen(fake: Fake, selection: Selection): SeenTool[] {
  const seen = (server_id: string, tool: string): SeenTool[] => {
    const row = fake.server(server_id).tools.find((one) => one.row.name === tool)?.row;
    return row ? [{ server_id, tool, fingerprint: row.fingerprint }] : [];
  };
  switch (selection.of) {
    case "tools":
      return selection.tools;
    case "group":
      if (selection.revision !== fake.desk.revision) throw refusal("conflict");
      return fake.desk.entries
        .filter(({ group, later }) => group === selection.group && !later)
        .flatMap(({ server_id, tool }) => (tool === null ? [] : seen(server_id, tool)));
    case "server":
      return fake.rows(selection).flatMap(({ name }) => seen(selection.server_id, name));
  }
}

export function reviewing(fake: Fake): Reviewing {
  const { desk } = fake;
  const owner = (id: string) => fake.servers.find(({ row }) => row.id === id);
  const changed = () => {
    desk.revision += 1;
    fake.emit({ kind: "review" });
    fake.emit({ kind: "activity" });
  };
  return {
    review: () => ({
      groups: order
        .map((group): ReviewCount => {
          const mine = desk.entries.filter((one) => one.group === group);
          return { group, count: mine.length, later: mine.filter(({ later }) => later).length };
        })
        .filter(({ count }) => count > 0),
      waiting: desk.entries.filter(({ later, group }) => !later && group !== "unpinned").length,
      revision: desk.revision,
    }),
    list_review: ({ offset, limit }) => ({
      items: sorted(desk.entries)
        .slice(offset, offset + limit)
        .map((one) => itemOf(one, owner(one.server_id))),
      total: desk.entries.length,
      revision: desk.revision,
    }),
    get_review: ({ server_id, tool }) => {
      const waiting = desk.find(server_id, tool);
      const found = waiting ?? entry("changed_otherwise", server_id, tool);
      const server = fake.server(server_id);
      if (!server.tools.some(({ row }) => row.name === tool)) throw refusal("not_found");
      const { base, title, description, parameters, findings } = found;
      return {
        item: itemOf(found, server, waiting !== undefined),
        base,
        title,
        description,
        parameters,
        findings,
      };
    },
    accept: ({ tools }) => {
      const seen = chosen(fake, tools);
      const items: BatchItem[] = [];
      for (const { server_id, tool, fingerprint } of seen) {
        const server = fake.server(server_id);
        const row = server.tools.find((one) => one.row.name === tool)?.row;
        if (row?.fingerprint !== fingerprint) continue;
        desk.drop(server_id, tool);
        const { state } = row;
        items.push({
          server_id,
          server_name: server.row.name,
          tool,
          label: row.label,
          before: state,
          asked: state,
          result: "as_asked",
          answered: state,
          problem: null,
          row,
        });
      }
      changed();
      const done = items.length;
      const step = { kind: "accept", state: "done", can_undo: true } as const;
      return { done, moved: seen.length - done, batch: done > 0 ? put(fake, items, step).id : null };
    },
    put_off: ({ tool, later }) => {
      const found = desk.find(tool.server_id, tool.tool);
      if (!found) throw refusal("not_found");
      found.later = later;
      changed();
      return {};
    },
    accept_finding: ({ server_id, tool, finding, accepted }) => {
      const found = desk.find(server_id, tool)?.findings.find(({ id }) => id === finding);
      if (!found) throw refusal("not_found");
      found.accepted = accepted;
      changed();
      return {};
    },
    watch: () => desk.watch,
    watch_settings: () => desk.settings,
    set_watch_settings: (settings) => {
      desk.settings = settings;
      desk.watch = { ...desk.watch, on: settings.watch };
      fake.emit({ kind: "review" });
      return {};
    },
  };
}
