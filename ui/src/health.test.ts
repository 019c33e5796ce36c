import { describe, expect, it } from "vitest";
import { health, type NextStep, stepWords } from "./health";
import { usualServers } from "./ipc/fake/usualServers";
import { before, NOW } from "./ipc/fakeData";
import type { ServerRow, ServerStatus } from "./ipc/generated";

const WEEK = 7 * 24 * 60;

type Row = [string, Partial<ServerRow> & { status: ServerStatus }, string, RegExp, NextStep, string?];

const mine: Row[] = [
  ["read an hour ago", { status: "connected", last_read_at: before(60) }, "Connected", /^$/, null],
  [
    "read a week ago",
    { status: "connected", last_read_at: before(WEEK + 1) },
    "Stale",
    /^last read /,
    "refresh",
    "Refresh tools",
  ],
  ["no word of a reading", { status: "connected", last_read_at: null }, "Connected", /^$/, null],
  [
    "not finished",
    { status: "finish_connecting" },
    "Finish connecting",
    /not finished/,
    "log_in",
    "Finish connecting",
  ],
  ["login broken", { status: "log_in_again" }, "Log in again", /found broken/, "log_in", "Log in again"],
  ["off", { status: "off" }, "Off", /agents cannot use it/, "turn_on", "Turn on"],
  ["off for the team", { status: "off_for_team" }, "Off for your team", /^ask an admin/, null],
  [
    "off and old",
    { status: "off", last_read_at: before(WEEK * 2) },
    "Off",
    /agents cannot use it/,
    "turn_on",
    "Turn on",
  ],
  [
    "no tools and no word of a reading",
    { status: "never_read", last_read_at: null },
    "Perhaps never read",
    /^PostHog does not say when$/,
    "refresh",
    "Refresh tools",
  ],
  [
    "timed out",
    { status: "last_read_failed", last_error: "Upstream MCP server timed out" },
    "Last read failed",
    /timed out/,
    "refresh",
    "Refresh tools",
  ],
  [
    "failed without words",
    { status: "last_read_failed", last_error: "" },
    "Last read failed",
    /does not say why/,
    "refresh",
    "Refresh tools",
  ],
  // Looks connected to PostHog, but its token is dead (contract 13.1).
  [
    "refuses its login",
    { status: "last_read_failed", last_error: "Upstream initialize returned status 401" },
    "Last read failed",
    /401/,
    "log_in",
    "Log in again",
  ],
  [
    "its key is refused",
    { status: "last_read_failed", auth: "api_key", last_error: "Upstream initialize returned status 401" },
    "Last read failed",
    /401/,
    "refresh",
    "Refresh tools",
  ],
];

const colleagues: Row[] = [
  ["connected", { status: "connected", last_read_at: before(60) }, "Connected", /^$/, null],
  ["stale", { status: "connected", last_read_at: before(WEEK + 1) }, "Stale", /^last read /, null],
  ["not finished", { status: "finish_connecting" }, "Finish connecting", /its owner has not finished/, null],
  ["login broken", { status: "log_in_again" }, "Log in again", /its owner has to log in/, null],
  ["off", { status: "off" }, "Off", /its owner switched it off/, null],
  ["off for the team", { status: "off_for_team" }, "Off for your team", /^ask an admin/, null],
  [
    "timed out",
    { status: "last_read_failed", last_error: "timed out" },
    "Last read failed",
    /timed out/,
    null,
  ],
];

const server = (facts: Partial<ServerRow>): ServerRow => {
  const [first] = usualServers();
  if (!first) throw new Error("the fake has no server");
  return { ...first.row, auth: "oauth", last_error: "", is_owner: true, ...facts };
};

describe("every status has a word, a cause and one next step", () => {
  it.each(mine)("mine: %s", (_, facts, word, cause, next, button) => {
    const row = server(facts);
    const found = health(row, NOW);
    expect([found.word, found.next]).toEqual([word, next]);
    expect(found.cause).toMatch(cause);
    if (found.next) expect(stepWords(found.next, row)).toBe(button);
  });

  it.each(colleagues)("a colleague’s: %s", (_, facts, word, cause, next) => {
    const found = health(server({ ...facts, shared: true, is_owner: false }), NOW);
    expect([found.word, found.next]).toEqual([word, next]);
    expect(found.cause).toMatch(cause);
  });
});
