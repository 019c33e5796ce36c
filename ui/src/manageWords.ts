/** The sentences about managing servers, adding them, and this machine's data. */
import type { KeyringView, LoginKind, SchemeView, ServerRow, SyncView } from "./ipc/generated";
import { span } from "./time";
import { count } from "./words";

/** Longest name PostHog keeps (contract 3.6). */
export const MAX_NAME = 200;
/** Longest description that comes back whole. */
export const MAX_DESCRIPTION = 2000;
/** Longest address PostHog takes (contract 3.9). */
export const MAX_ADDRESS = 2048;

/** Characters as PostHog counts them: code points. */
export const length = (text: string) => [...text].length;

export const tooLong = (what: string, text: string, most: number) =>
  length(text) > most
    ? `${what} may have ${count(most, "character")}; this has ${count(length(text), "character")}.`
    : "";

/* ---- refusals known beforehand ---------------------------------------------------------------------- */

export const onlyOwner = "This connection belongs to a colleague: only its owner can change it.";
export const notOffline = "You are offline: PostHog has to be reached for this.";

/** Why this person cannot change a server now; empty when they can. */
export const manageRefusal = (server: ServerRow, offline: boolean) =>
  server.is_owner ? (offline ? notOffline : "") : onlyOwner;

/** Sharing came with a later version of PostHog (contract 9). */
export const cannotShare = "This version of PostHog cannot share servers with a project.";

export const keyStays =
  "It uses a key, and PostHog cannot replace the key of a server added by its address. Remove it and add it again with the new key.";

/* ---- one server ------------------------------------------------------------------------------------- */

export const offExplained = {
  what: "Agents cannot use its tools while it is off, and PostHog does not read them again.",
  stays: "Its login, its tools and what was decided about them stay. You can turn it on at any time.",
};

export const shareExplained = {
  what: "Everybody in this project can then use its tools through your login, with what that login may do.",
  who: "Only project admins may share; PostHog refuses it otherwise. You stay the owner: only you can rename it, turn it off or log in again.",
};

export const unshareExplained = {
  what: "Colleagues in this project lose its tools. The connection and its login stay yours.",
};

export const removeExplained = (server: ServerRow) => ({
  goes: [
    `PostHog’s copy of ${server.counts.total === 0 ? "its tools" : `its ${count(server.counts.total, "tool")}`}.`,
    "PostHog’s login to the server. Agents cannot use it from then on.",
    ...(server.shared ? ["The connection of everybody it is shared with."] : []),
  ],
  stays: [
    "What you decided here, and the definitions you decided on: they stay on this machine and are there again if you connect the same address.",
    "What your team decided for this address, in PostHog: it may apply again too.",
    `The permission at ${server.host}: its provider is not told. Revoke it there if you want it gone.`,
  ],
});

/** What PostHog answered to on or off. */
export const switchedWords = (server: ServerRow, asked: boolean) => {
  const on = server.status !== "off";
  const state = on ? "on" : "off";
  return on === asked
    ? `PostHog answered: ${server.name} is ${state}.`
    : `PostHog keeps ${server.name} ${state}.`;
};

/** What PostHog answered to sharing or taking back. */
export const sharedWords = (server: ServerRow, asked: boolean) => {
  const state = server.shared ? "is shared with the project" : "is yours alone";
  return server.shared === asked
    ? `PostHog answered: ${server.name} ${state}.`
    : `PostHog did otherwise: ${server.name} ${state}.`;
};

export const editedWords = (server: ServerRow) => `PostHog answered: it is called ${server.name}.`;

/* ---- refresh all ------------------------------------------------------------------------------------ */

/** Servers PostHog can be asked to read. */
export const readable = (server: ServerRow) =>
  server.is_owner && server.status !== "off" && server.status !== "finish_connecting";

export function queueWords(sync: SyncView, servers: ServerRow[]): string {
  const name = (id: string) => servers.find((server) => server.id === id)?.name ?? "a server";
  const now = servers.filter(({ refreshing }) => refreshing).map((server) => server.name);
  const reading = now.length > 0 ? `PostHog is reading ${now.join(", ")}. ` : "";
  const next = sync.queue[0];
  return `${reading}${count(sync.queue.length, "server")} waiting${next ? `, next: ${name(next)}` : ""}.`;
}

/** When the queue goes on; empty when it does not wait. */
export function queueResumes(sync: SyncView, now: number): string {
  if (sync.queue_resumes_ms === null) return "";
  const seconds = Math.max(0, Math.ceil((sync.queue_resumes_ms - now) / 1000));
  return `Goes on in ${span(seconds)}, to keep room for logins under PostHog’s limit.`;
}

/* ---- adding by address ------------------------------------------------------------------------------ */

export const lending =
  "PostHog also lends a connected server to its own agents: on runs for you they may use its tools, unless your team forbids that.";

export const plainHttp =
  "This address begins with http://. What PostHog and the server say to each other, a key included, can be read on the way.";

export type Way = Exclude<LoginKind, "own_client">;

export const ways: { value: Way; label: string }[] = [
  { value: "browser", label: "In the browser" },
  { value: "key", label: "With a key" },
  { value: "open", label: "Open, no key" },
];

export const wayWords: Record<Way, string> = {
  browser: "PostHog introduces itself to the server’s login, which then opens in your browser.",
  key: "The key is sent once to PostHog, which keeps it and shows it to the server. Hedgerow does not store it.",
  open: "For a server that asks nobody who they are.",
};

export const ownClientWords =
  "For a login that wants an application registered beforehand. Without these, PostHog registers itself.";

export const installedWords = (name: string, works: boolean) =>
  `You already have this address as “${name}”. Adding it again would drop ${works ? "a login that works" : "the login it has"}, so Hedgerow does not.`;

/** A flow of another project than the one on screen. */
export const elsewhere =
  "It belongs to another project. Switch to that one to see the server or to try again.";

/* ---- settings --------------------------------------------------------------------------------------- */

export const keyringStates: Record<KeyringView, string> = {
  ready: "Your system’s keyring answers. Keys are kept there and nowhere else.",
  absent:
    "No keyring answers on this system. Keys can be kept only until Hedgerow ends. Start a keyring and restart Hedgerow to keep them.",
  locked:
    "Your system’s keyring did not answer; it is probably locked. Unlock it and restart Hedgerow to use the keys in it.",
};

export function schemeState(scheme: SchemeView): string {
  if (scheme.owner === "hedgerow") return "Hedgerow opens them: after a login the browser leads back here.";
  const declined = scheme.declined ? " You chose to leave it so." : "";
  if (scheme.owner === "other")
    return `${scheme.other || "Another program"} opens them. Logins work all the same: Hedgerow asks PostHog every few seconds.${declined}`;
  return `Nothing opens them. Logins work all the same: Hedgerow asks PostHog every few seconds.${declined}`;
}

export const claimExplained =
  "If Hedgerow opens them, the link brings you back here at once. It never changes anything by itself.";
export const releaseExplained =
  "If you give them back, another program that knows them can open them. Logins keep working: Hedgerow asks PostHog instead.";

/** What has to be typed before everything is removed. */
export const REMOVE_WORD = "remove";

export const removeData = {
  goes: [
    "The keys of every account, out of the keyring and out of memory.",
    "Everything Hedgerow has read from PostHog, and the sample project.",
    "Your decisions and the definitions they were about. Hedgerow can then no longer say what changed since. They cannot be had again.",
    "The log, and the copies made before an update.",
  ],
  stays: [
    "PostHog keeps everything it has: servers, logins, and what each tool may do.",
    "Your personal API keys stay valid. Delete them in PostHog if you no longer need them.",
    "Files you exported stay where you put them.",
  ],
};
