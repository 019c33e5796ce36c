/** Sentences about servers, how they stand, and how old what is known of them is. */
import type { Counts, ErrorCode, ServerRow, ServerStatus, SyncView } from "./ipc/generated";
import { ago, clock, day } from "./time";
import { count, fixedWords, number } from "./words";

export const statusWords: Record<ServerStatus, string> = {
  connected: "Connected",
  finish_connecting: "Finish connecting",
  log_in_again: "Log in again",
  off: "Off",
  off_for_team: "Off for your team",
  never_read: "Perhaps never read",
  last_read_failed: "Last read failed",
};

/** The status where there is little room. */
export const shortStatus = (status: ServerStatus) =>
  status === "finish_connecting" ? "Finish" : status === "off_for_team" ? "Off" : statusWords[status];

/** Statuses of servers that agents cannot use because somebody wants it so. */
export const isOff = (status: ServerStatus) => status === "off" || status === "off_for_team";

/** Statuses that wait for the person. */
export const needsYou = (status: ServerStatus) => status === "finish_connecting" || status === "log_in_again";

/** How a server is logged in to. */
export function authWords(auth: string): string {
  if (auth === "oauth") return "browser login";
  if (auth === "api_key") return "key";
  return auth;
}

export function sharing(server: ServerRow): string {
  if (!server.shared) return "";
  return server.is_owner ? "shared by you" : "shared with you";
}

/** The line under a server's name. */
export const serverFacts = (server: ServerRow) =>
  [server.host, authWords(server.auth), sharing(server)].filter(Boolean).join(" · ");

/** The same with what fits only on the server's own page. */
export const serverLongFacts = (server: ServerRow) =>
  [
    server.host,
    authWords(server.auth),
    sharing(server) || "only you",
    server.created_at ? `connected ${day(server.created_at)}` : "",
  ]
    .filter(Boolean)
    .join(" · ");

export const countsLine = (counts: Counts) =>
  counts.total === 0
    ? "no tools known"
    : `${count(counts.total, "tool")} · ${number(counts.allowed)} allowed`;

export const countsLabel = (counts: Counts) =>
  `${number(counts.allowed)} allowed, ${number(counts.ask)} ask first, ${number(counts.blocked)} blocked`;

/** When the tools were read, by PostHog where it says so, else by this app. */
export function readWords(server: ServerRow, now: number): string {
  if (server.last_read_at) return `read ${ago(server.last_read_at, now)}`;
  if (server.seen_at) return `seen ${ago(server.seen_at, now)}`;
  return "not seen yet";
}

/** What the bar on a server's page says about its status; empty when all is well. */
export function statusNote(server: ServerRow, now: number): string {
  const status = statusText(server, now);
  return server.is_owner ? status : `${fixedWords.not_yours} ${status}`.trim();
}

function statusText(server: ServerRow, now: number): string {
  const asOf = server.seen_at ? ` What you see is as of ${clock(server.seen_at, now)}.` : "";
  switch (server.status) {
    case "connected":
      return "";
    case "log_in_again":
      return server.is_owner
        ? `PostHog says the login stopped working. Agents cannot use these tools until you log in.${asOf}`
        : `PostHog says the login stopped working. Agents cannot use these tools until its owner logs in.${asOf}`;
    case "finish_connecting":
      return "A login was begun and not finished. Agents cannot use this server yet.";
    case "off":
      return "This server is switched off. Agents cannot use its tools, and PostHog does not read them again.";
    case "off_for_team":
      return `PostHog does not offer this server to agents, although its login works: your team switched it off, for everybody or for you. Ask an admin of your PostHog project.${asOf}`;
    case "never_read":
      return `Connected, but no tools are known, and PostHog does not say when it last read this server, or whether it ever did.${server.is_owner ? " Refresh the tools to ask for that." : ""}`;
    case "last_read_failed":
      return `The last time PostHog read this server, it failed.${asOf}`;
  }
}

/** A server PostHog has not read for long. */
export const staleNote = (server: ServerRow, now: number) =>
  `PostHog last read this server ${ago(server.last_read_at ?? "", now)}. Its tools may be others by now: refresh them to see.`;

export const refreshing = (name: string) => `Asking PostHog to read ${name} again…`;
export const refreshed = (name: string) => `PostHog has read ${name} again.`;

export const onlyOwnerRefreshes = "Only the owner of this connection can have its tools read again.";

const hasNoKey: ReadonlySet<ErrorCode> = new Set([
  "signed_out",
  "key_refused",
  "keyring_absent",
  "keyring_locked",
]);

/** The foot of the rail. */
export function syncWords(sync: SyncView, now: number): string {
  if (sync.running)
    return sync.total > 0 ? `Reading ${number(sync.done)} of ${number(sync.total)}…` : "Reading…";
  if (sync.offline) return "Offline";
  if (sync.problem && hasNoKey.has(sync.problem.code)) return "Signed out";
  if (sync.problem) return "Could not read everything";
  return sync.last_success_at ? `Up to date · ${ago(sync.last_success_at, now)}` : "Not read yet";
}

export function offlineWords(lastSuccess: string | null, now: number): string {
  const when = lastSuccess
    ? `This is what PostHog said at ${clock(lastSuccess, now)}, ${ago(lastSuccess, now)}.`
    : "PostHog has not answered yet.";
  return `${when} Decisions and changes can be made again once you are back.`;
}

export const offlineRefusal = "You are offline. Decisions can be made again once PostHog answers.";
