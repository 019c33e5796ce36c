/** One table says how every error of the core is told: how grave it is, what it is called, what it means, what to do. */
import type { CommandError, ErrorCode } from "./ipc/generated";
import { span } from "./time";

/** `input`: the person can mend it at once; `wait`: time mends it; `problem`: something has to be looked into. */
export type Severity = "input" | "wait" | "problem";

export interface ErrorWords {
  severity: Severity;
  title: string;
  explanation: string;
  next: string;
  /** The message is this app's own reason and takes the place of the explanation. */
  ownReason?: boolean;
  /** Whose words the message is; without it the message is not shown. */
  speaker?: "PostHog" | "The server" | "The login page" | "The system";
}

export const errorTable: Record<ErrorCode, ErrorWords> = {
  signed_out: {
    severity: "input",
    title: "You are signed out",
    explanation: "Hedgerow has no key for this account any more.",
    next: "Sign in again with a personal API key.",
  },
  offline: {
    severity: "wait",
    title: "PostHog cannot be reached",
    explanation: "There was no answer: no network, or the address is not found.",
    next: "Check your network and try again.",
  },
  timeout: {
    severity: "wait",
    title: "No answer in time",
    explanation: "PostHog took too long to answer.",
    next: "Try again in a moment.",
  },
  certificate: {
    severity: "problem",
    title: "The connection is not trusted",
    explanation: "The certificate of that address was not accepted, so nothing was sent.",
    next: "If this is your own host, its certificate has to be trusted by this system.",
    speaker: "The system",
  },
  key_refused: {
    severity: "input",
    title: "PostHog does not accept this key",
    explanation: "It may be mistyped, deleted, or belong to another region.",
    next: "Check the region above, or make a new key.",
    speaker: "PostHog",
  },
  missing_scope: {
    severity: "input",
    title: "This key works, but lacks a scope",
    explanation: "PostHog wants one more scope on this key:",
    next: "Add that scope in PostHog and try again.",
  },
  forbidden: {
    severity: "problem",
    title: "PostHog does not permit this",
    explanation: "This key, or your role in the project, is not enough for it.",
    next: "Ask somebody who looks after the project.",
    speaker: "PostHog",
  },
  project_not_found: {
    severity: "problem",
    title: "The project is not there",
    explanation: "It was deleted, or it lives in another region.",
    next: "Choose another project, or check the region.",
    speaker: "PostHog",
  },
  not_found: {
    severity: "problem",
    title: "It is not there any more",
    explanation: "PostHog does not know it: somebody may have removed it.",
    next: "Read everything again to see what is there now.",
    speaker: "PostHog",
  },
  throttled: {
    severity: "wait",
    title: "Too many requests",
    explanation: "PostHog asks everybody with this account to slow down.",
    next: "Try again a little later.",
    speaker: "PostHog",
  },
  budget: {
    severity: "wait",
    title: "A short break",
    explanation:
      "PostHog takes ten logins and readings a minute from you, and fifty an hour. Hedgerow keeps within that.",
    next: "Try again a little later.",
  },
  invalid: {
    severity: "input",
    title: "PostHog did not take this",
    explanation: "Something in what was entered is not right.",
    next: "Correct it and try again.",
    speaker: "PostHog",
  },
  ceiling: {
    severity: "problem",
    title: "Your team set a stricter limit",
    explanation: "This choice is looser than your team permits for this tool.",
    next: "Choose a stricter one, or ask a team admin.",
    speaker: "PostHog",
  },
  fixed: {
    severity: "problem",
    title: "This tool cannot be decided on here",
    explanation: "A rule fixes it, the connection is a colleague’s, or PostHog has no address for its name.",
    next: "A team admin or the owner can change it in PostHog.",
    speaker: "PostHog",
  },
  definition_moved: {
    severity: "input",
    title: "This is not the same definition any more",
    explanation:
      "While you were looking, another definition of this tool arrived. Nothing was sent to PostHog.",
    next: "Read it again as it is now, then decide.",
  },
  already_installed: {
    severity: "input",
    title: "This address is connected already",
    explanation: "Adding it once more would drop a login that works.",
    next: "Log in again to the server that is there.",
  },
  conflict: {
    severity: "problem",
    title: "Something else is in that place",
    explanation: "PostHog already has another connection there, so nothing was changed.",
    next: "Read everything again to see it.",
    speaker: "PostHog",
  },
  server_off: {
    severity: "problem",
    title: "The server is switched off",
    explanation: "PostHog does not read a server that is off.",
    next: "Turn it on first.",
    speaker: "PostHog",
  },
  server_off_for_team: {
    severity: "problem",
    title: "Your team switched this server off",
    explanation: "A team admin turned it off for everybody, so it cannot be connected. Nothing was changed.",
    next: "Ask a project admin to turn it on in PostHog.",
    speaker: "PostHog",
  },
  login_runs: {
    severity: "wait",
    title: "A login to this server is under way",
    explanation: "A change of the connection now could undo that login, so nothing was sent to PostHog.",
    next: "Finish the login or cancel it, then try again.",
  },
  upstream: {
    severity: "problem",
    title: "PostHog could not read the server",
    explanation:
      "The server or its login failed while PostHog was talking to it. What is shown stays as it was.",
    next: "Try again later; if its login has ended, log in again.",
    speaker: "PostHog",
  },
  posthog_failed: {
    severity: "wait",
    title: "PostHog failed",
    explanation: "PostHog had an error of its own, or answered something unreadable.",
    next: "Try again in a moment.",
    speaker: "PostHog",
  },
  not_posthog: {
    severity: "input",
    title: "That is not a PostHog",
    explanation: "Something answered at this address, but not a PostHog this app can talk to.",
    next: "Check the address.",
  },
  bad_address: {
    severity: "input",
    title: "That is not an address",
    explanation: "It should look like https://posthog.example.com.",
    ownReason: true,
    next: "Correct it and try again.",
  },
  unsafe_login_page: {
    severity: "problem",
    title: "The login page was not opened",
    explanation: "The address PostHog gave for the login is not one that is safe to open in a browser.",
    ownReason: true,
    next: "Tell whoever runs that server.",
  },
  denied: {
    severity: "problem",
    title: "The login was denied",
    explanation: "Somebody chose not to permit it on the login page.",
    next: "Try again if that was not meant.",
    speaker: "The login page",
  },
  exchange_failed: {
    severity: "problem",
    title: "The login could not be completed",
    explanation: "You were let in, but the server’s login did not hand PostHog a working key.",
    next: "Try again. If it stays so, the server’s login needs to be looked into.",
    speaker: "PostHog",
  },
  no_code: {
    severity: "problem",
    title: "The login ended early",
    explanation: "The login page sent you back without finishing.",
    next: "Try again.",
  },
  provider_error: {
    severity: "problem",
    title: "The login page reported an error",
    explanation: "The login was not finished.",
    next: "Try again later.",
    speaker: "The login page",
  },
  expired: {
    severity: "wait",
    title: "The time is over",
    explanation: "PostHog keeps a login open for ten minutes.",
    next: "Try again when you are ready.",
  },
  keyring_absent: {
    severity: "problem",
    title: "There is no keyring",
    explanation: "The key was not kept: this system has no keyring that answers.",
    next: "Keep the key for this run only, or start a keyring and restart Hedgerow.",
  },
  keyring_locked: {
    severity: "problem",
    title: "The keyring did not answer",
    explanation: "It is probably locked, so a key in it can neither be kept nor read.",
    next: "Unlock it and restart Hedgerow, or sign in with a key for this run only.",
  },
  browser_failed: {
    severity: "problem",
    title: "No browser opened",
    explanation: "The system could not open a browser.",
    next: "Copy the link and open it yourself.",
    speaker: "The system",
  },
  in_use: {
    severity: "problem",
    title: "Hedgerow is already running",
    explanation: "Another Hedgerow of yours uses the same data folder.",
    next: "Go on in that window, or close it and try again.",
  },
  newer_ledger: {
    severity: "problem",
    title: "A newer Hedgerow was here",
    explanation: "Your decisions were last written by a newer version. This one leaves them untouched.",
    next: "Start the newer version.",
  },
  internal: {
    severity: "problem",
    title: "Something in Hedgerow failed",
    explanation: "That is a fault of this app. The log has more.",
    next: "Try again; if it stays so, restart Hedgerow.",
    speaker: "The system",
  },
};

/** The words for an error; a code this version does not know is told as an internal one. */
export const errorWords = (error: CommandError): ErrorWords =>
  Object.hasOwn(errorTable, error.code) ? errorTable[error.code] : errorTable.internal;

/** What an error means; where this app knows the exact reason, that. */
export function explained(error: CommandError): string {
  const { explanation, ownReason } = errorWords(error);
  const reason = error.message.trim();
  return ownReason && reason
    ? `${reason.charAt(0).toUpperCase()}${reason.slice(1).replace(/\.$/, "")}.`
    : explanation;
}

/** Somebody's own words, marked as theirs; empty when there are none worth showing. */
export function saidBy(error: CommandError): string {
  const { speaker } = errorWords(error);
  const message = error.message.trim();
  return speaker && message ? `${speaker} said: ${message}` : "";
}

/** When trying again makes sense, if that is known. */
export const retryWords = (error: CommandError) =>
  error.retry_after ? `Try again in ${span(error.retry_after)}.` : "";
