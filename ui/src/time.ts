/** Times as people say them. All take the present as an argument, so that a view can tick and a test can choose. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayYearFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const fullFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

/** `3 Oct`, with the year when it is not this one. */
export function day(iso: string, now = Date.now()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return (date.getFullYear() === new Date(now).getFullYear() ? dayFormat : dayYearFormat).format(date);
}

/** `just now`, `4 min ago`, `2 h ago`, `yesterday`, `3 Oct`. */
export function ago(iso: string, now: number): string {
  const then = Date.parse(iso);
  if (Number.isNaN(then)) return iso;
  const passed = now - then;
  if (passed < MINUTE) return "just now";
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  if (passed < 12 * HOUR || sameDay(new Date(then), new Date(now)))
    return `${Math.floor(passed / HOUR)} h ago`;
  if (sameDay(new Date(then), new Date(now - DAY))) return "yesterday";
  return day(iso, now);
}

/** `10:32 today`, `18:05 on 3 Oct`. */
export function clock(iso: string, now: number): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return `${clockFormat.format(date)} ${sameDay(date, new Date(now)) ? "today" : `on ${day(iso, now)}`}`;
}

/** Date and time in full, for tooltips and histories. */
export function full(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : fullFormat.format(date);
}

/** `today`, `yesterday`, `3 Oct`: for a table column. */
export function dayWord(iso: string | null, now: number): string {
  if (!iso) return "";
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  if (sameDay(date, new Date(now))) return "today";
  if (sameDay(date, new Date(now - DAY))) return "yesterday";
  return day(iso, now);
}

/** Time left as `8:05`, never below zero. Counted in whole seconds of the clock, so that all places say the same. */
export function left(deadlineMs: number, now: number): string {
  const seconds = Math.max(0, Math.floor(deadlineMs / 1000) - Math.floor(now / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Seconds as `40 s` or `2 min`. */
export const span = (seconds: number) => (seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`);
