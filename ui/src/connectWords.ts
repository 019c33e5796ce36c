/** Sentences of the catalog and of connecting a server. */
import type { CatalogEntry, FlowStep, SchemeView } from "./ipc/generated";
import { authWords } from "./serverWords";
import { count } from "./words";

const categories: Record<string, string> = {
  business: "Business",
  data: "Data",
  design: "Design",
  dev: "Developer tools",
  infra: "Infrastructure",
  productivity: "Productivity",
};

/** A category's name; an unknown word is shown as it came. */
export const categoryWords = (category: string) =>
  Object.hasOwn(categories, category) ? (categories[category] ?? category) : category || "Other";

export const entryFacts = (entry: CatalogEntry) =>
  `${categoryWords(entry.category)} · ${authWords(entry.auth)}`;

/** Why an entry cannot be connected; empty when it can. */
export function notConnectable(entry: CatalogEntry): string {
  if (entry.coming_soon) return "Coming soon: PostHog does not offer it yet";
  if (entry.auth !== "oauth" && entry.auth !== "api_key")
    return `This version cannot connect with “${entry.auth}”`;
  return "";
}

export const keyNotice =
  "Sent once to PostHog, which keeps it and uses it for you. Hedgerow does not store it. PostHog’s agents may use this server on your runs unless your team forbids it.";

/* ---- connecting ---------------------------------------------------------------------------------- */

/** The steps in their order, each as done, as happening and as coming. */
export const flowSteps = {
  preparing: {
    todo: "PostHog prepares the login",
    now: "PostHog is preparing the login",
    done: "PostHog prepared the login",
  },
  waiting: {
    todo: "Log in in the browser",
    now: "Waiting for you in the browser",
    done: "You were in the browser",
  },
  checking: {
    todo: "Check with PostHog that it worked",
    now: "Asking PostHog whether it worked",
    done: "PostHog says it worked",
  },
  reading_tools: { todo: "Read its tools", now: "PostHog is reading its tools", done: "Its tools were read" },
} as const;

/** The first step, by the way a server is logged in to. */
export const preparing = {
  browser: flowSteps.preparing,
  key: {
    todo: "Send the key to PostHog",
    now: "Sending the key to PostHog",
    done: "PostHog has the key",
  },
  open: {
    todo: "Tell PostHog the address",
    now: "Telling PostHog the address",
    done: "PostHog has the address",
  },
};

/** A flow in two or three words, for the rail. */
export const flowChip: Record<FlowStep, (title: string) => string> = {
  preparing: (title) => `Connecting ${title}`,
  waiting: (title) => `Connecting ${title}`,
  checking: (title) => `Checking ${title}`,
  reading_tools: (title) => `Reading ${title}`,
  connected: (title) => `${title} is connected`,
  failed: (title) => `${title} is not connected`,
  cancelled: (title) => `${title}: stopped`,
  expired: (title) => `${title}: time is over`,
};

/** After *I have finished*, when PostHog knows of no finished login. */
export const notYet = "PostHog has not seen a finished login yet. Hedgerow keeps looking.";

/** How an ended flow is told. */
export const flowEnds: Record<
  "connected" | "failed" | "cancelled" | "expired",
  { title: string; text: string }
> = {
  connected: { title: "Connected", text: "PostHog says the connection works." },
  failed: { title: "Not connected", text: "" },
  cancelled: {
    title: "Stopped waiting",
    text: "Hedgerow no longer waits for this login. What PostHog has stays as it is: a login finished in the browser still counts.",
  },
  expired: {
    title: "The time is over",
    text: "PostHog keeps a login open for ten minutes. Nothing was connected by this one. Try again when you are ready.",
  },
};

export const toolsFound = (n: number | null) =>
  n === null
    ? "Its tools have not been read yet."
    : n === 0
      ? "PostHog found no tools there."
      : `PostHog found ${count(n, "tool")} there.`;

export const signedInAs = (email: string): [string, string, string] => [
  "Be signed in to PostHog as ",
  email,
  " in that browser. If not, PostHog refuses the login and cannot tell this app.",
];

export function schemeOwner(scheme: SchemeView): string {
  if (scheme.owner === "hedgerow") return "They are opened by Hedgerow.";
  if (scheme.owner === "other") return `They are now opened by ${scheme.other || "another program"}.`;
  return "Nothing opens them now.";
}
