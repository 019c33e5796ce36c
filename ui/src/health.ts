/** How a server is doing: one word, its cause, and the one thing that helps. */
import type { ServerRow, ServerStatus } from "./ipc/generated";
import { day } from "./time";
import { statusWords } from "./serverWords";

/** Longer than this since PostHog read a server, and its tools may well be others by now. */
const STALE_AFTER = 7 * 24 * 60 * 60_000;

/** The one thing that helps; `null` when nothing has to be done, or not by this person. */
export type NextStep = "log_in" | "turn_on" | "refresh" | null;

export interface Health {
  word: string;
  /** Why, in a few words; empty when all is well. */
  cause: string;
  next: NextStep;
}

export function isStale(server: ServerRow, now: number): boolean {
  const read = Date.parse(server.last_read_at ?? "");
  return server.status === "connected" && now - read > STALE_AFTER;
}

/** A server that refuses its login looks connected to PostHog; its words give it away (contract 13.1). */
export const refusesLogin = (server: ServerRow) =>
  server.auth === "oauth" && /status 40[13]|token refresh|unauthori[sz]ed/i.test(server.last_error);

export function health(server: ServerRow, now: number): Health {
  const found = isStale(server, now)
    ? {
        word: "Stale",
        cause: `last read ${day(server.last_read_at ?? "", now)}`,
        next: "refresh" as const,
      }
    : { word: statusWords[server.status], ...reasons[server.status](server) };
  if (server.is_owner) return found;
  return { ...found, cause: ofColleague[server.status] ?? found.cause, next: null };
}

/** What only its owner can mend; this person cannot do anything about it. */
const ofColleague: Partial<Record<ServerStatus, string>> = {
  finish_connecting: "its owner has not finished the login",
  log_in_again: "its owner has to log in again",
  off: "its owner switched it off",
};

const reasons: Record<ServerStatus, (server: ServerRow) => Omit<Health, "word">> = {
  connected: () => ({ cause: "", next: null }),
  finish_connecting: () => ({ cause: "login not finished", next: "log_in" }),
  log_in_again: () => ({ cause: "login found broken", next: "log_in" }),
  off: () => ({ cause: "agents cannot use it", next: "turn_on" }),
  // Only an admin of the project can do something about it, in PostHog.
  off_for_team: () => ({ cause: "ask an admin of your PostHog project", next: null }),
  // Before generation C it never says; a server it did read and found empty looks the same.
  never_read: () => ({ cause: "PostHog does not say when", next: "refresh" }),
  last_read_failed: (server) => ({
    cause: server.last_error || "PostHog does not say why",
    next: refusesLogin(server) ? "log_in" : "refresh",
  }),
};

/** What the button for a next step is called. */
export function stepWords(step: Exclude<NextStep, null>, server: ServerRow): string {
  if (step === "turn_on") return "Turn on";
  if (step === "refresh") return "Refresh tools";
  return server.status === "finish_connecting" ? "Finish connecting" : "Log in again";
}
