/** Sentences about watching. */
import type { WatchView } from "./ipc/generated";
import { ago, span } from "./time";

/** How watching stands, in one line. */
export function watchWords(watch: WatchView, now: number): string {
  if (!watch.on) return "Watching is off: changes are noticed only when a server is read.";
  const checked = watch.last_at
    ? `Checked for changes: ${ago(watch.last_at, now)}`
    : "Not checked for changes yet";
  const rests = watch.rests && restWords[watch.rests];
  if (rests) return `${checked} · ${rests}`;
  if (!watch.next) return checked;
  const seconds = watch.next_ms === null ? 0 : Math.ceil((watch.next_ms - now) / 1000);
  return `${checked} · next: ${watch.next} ${seconds > 0 ? `in ${span(seconds)}` : "now"}`;
}

const restWords = {
  offline: "rests while offline",
  signed_out: "rests while you are signed out",
  battery: "rests to save the battery",
  nothing: "no server can be read",
  budget: "rests: PostHog’s limit is needed for logins",
};

export const setBackExplained =
  "When an allowed tool changes, Hedgerow sets it to Ask first by itself. It never loosens anything, writes each step into Activity, and can be undone. Off unless you turn it on.";
