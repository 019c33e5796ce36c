import { createContext, use } from "react";
import type { Way } from "../../manageWords";
import type { CatalogEntry, ServerRow } from "../../ipc/generated";

/** What a connection is begun with. */
export type Origin =
  | { kind: "entry"; title: string; template_id: string }
  | { kind: "key"; title: string; template_id: string }
  | { kind: "server"; title: string; server_id: string }
  | { kind: "address"; title: string; typed: Typed };

/** What was typed to add a server by its address, without its secrets. */
export interface Typed {
  url: string;
  name: string;
  description: string;
  way: Way;
  client_id: string;
}

export interface Connect {
  /** Begins connecting a catalog entry: with the browser, or by asking for its key. */
  connect: (entry: CatalogEntry) => void;
  /** Begins logging in again to a server. */
  reconnect: (server: { id: string; name: string }) => void;
  /** Asks for the address of a server, and adds it. */
  add: () => void;
  /** Shows a flow that is under way or has ended. */
  show: (flow: string) => void;
  /** What is being begun right now, by template or server id. */
  beginning: string | null;
}

export const ConnectContext = createContext<Connect | null>(null);

export function useConnect(): Connect {
  const connect = use(ConnectContext);
  if (!connect) throw new Error("no ConnectProvider above this component");
  return connect;
}

export const originOf = (entry: CatalogEntry): Origin => ({
  kind: entry.auth === "api_key" ? "key" : "entry",
  title: entry.name,
  template_id: entry.id,
});

export const originOfServer = (server: Pick<ServerRow, "id" | "name">): Origin => ({
  kind: "server",
  title: server.name,
  server_id: server.id,
});

export function idOf(origin: Origin): string {
  if (origin.kind === "server") return origin.server_id;
  return origin.kind === "address" ? origin.typed.url : origin.template_id;
}
