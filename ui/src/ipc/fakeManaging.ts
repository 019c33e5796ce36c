import type { Fake, Handlers } from "./fake";
import { refusal } from "./fake";
import type { ServerRow } from "./generated";

/** The commands with which a person manages servers and this machine's data. */
type Managing = Pick<
  Handlers,
  | "refresh_all"
  | "stop_refreshing"
  | "change_server"
  | "remove_server"
  | "share_server"
  | "check_address"
  | "add_server"
  | "release_scheme"
  | "open_data_folder"
  | "remove_my_data"
>;

/** PostHog leaves this much room between the readings of a long queue; the fake's queue stands still here. */
const QUEUE_WAITS = 41_000;

export function managing(fake: Fake): Managing {
  const changed = () => {
    fake.emit({ kind: "servers" });
    fake.emit({ kind: "catalog" });
    return {};
  };
  const own = (id: string): ServerRow => {
    fake.online();
    const { row } = fake.server(id);
    if (!row.is_owner) throw refusal("fixed");
    return row;
  };
  const ownAt = (url: string) => fake.servers.find(({ row }) => row.is_owner && row.url === url)?.row;
  return {
    refresh_all: () => {
      fake.online();
      const readable = fake.servers
        .map(({ row }) => row)
        .filter((row) => row.is_owner && row.status !== "off" && row.status !== "finish_connecting");
      fake.sync = {
        ...fake.sync,
        queue: readable.map(({ id }) => id),
        queue_resumes_ms: fake.now + QUEUE_WAITS,
      };
      return changed();
    },
    stop_refreshing: () => {
      fake.sync = { ...fake.sync, queue: [], queue_resumes_ms: null };
      return changed();
    },
    change_server: ({ server_id, name, description, enabled }) => {
      const row = own(server_id);
      if (name !== null) row.name = name.trim() || row.host;
      if (description !== null) row.description = description.trim();
      if (enabled !== null && enabled !== (row.status !== "off"))
        row.status = enabled ? (row.last_read_at ? "connected" : "never_read") : "off";
      return changed();
    },
    remove_server: ({ server_id }) => {
      own(server_id);
      fake.servers = fake.servers.filter(({ row }) => row.id !== server_id);
      fake.catalog = fake.catalog.map((entry) =>
        entry.installed?.server_id === server_id ? { ...entry, installed: null } : entry,
      );
      return changed();
    },
    share_server: ({ server_id, shared }) => {
      own(server_id).shared = shared;
      return changed();
    },
    check_address: ({ url }) => {
      const text = url.trim();
      const bad = (message: string) => refusal("bad_address", message, { field: "url" });
      if (!URL.canParse(text)) throw bad("This is not a web address.");
      const { protocol, username, password, host } = new URL(text);
      if (protocol !== "https:" && protocol !== "http:")
        throw bad("The address must begin with https:// or http://.");
      if (username || password) throw bad("The address must not contain a user name or password.");
      const row = ownAt(text);
      return {
        host,
        installed: row ? { server_id: row.id, status: row.status } : null,
        installed_name: row?.name ?? null,
      };
    },
    add_server: ({ name, url, login, key }) => {
      fake.online();
      if (ownAt(url.trim())) throw refusal("already_installed", "", { field: "url" });
      const host = new URL(url).host;
      const inBrowser = login === "browser" || login === "own_client";
      if (login === "key" && (key ?? "").length < 4) {
        throw refusal("invalid", "This key is too short.", { field: "key" });
      }
      const flow = fake.startFlow(name, null, inBrowser ? `auth.${host.replace("mcp.", "")}` : null);
      if (!inBrowser) setTimeout(() => fake.finishFlow(flow.id), fake.delay);
      return flow;
    },
    release_scheme: () => {
      fake.scheme = { owner: "nobody", other: "", declined: true };
      return fake.scheme;
    },
    open_data_folder: () => ({}),
    remove_my_data: () => {
      fake.accounts = [];
      fake.active = null;
      return {};
    },
  };
}
