/** Sentences about signing in and starting. */
import type { KeyringView, Notice } from "./ipc/generated";

export const keyringWords: Record<KeyringView, string> = {
  ready: "Kept in your system’s keyring, nowhere else.",
  absent:
    "This system has no keyring that answers, so the key cannot be kept safely after Hedgerow ends. Start one and restart Hedgerow, or:",
  locked: "Your system’s keyring did not answer; it is probably locked. Unlock it and restart Hedgerow, or:",
};

export const noticeWords: Record<Notice, string> = {
  cache_set_aside:
    "What Hedgerow had read before could not be opened. It was set aside and is being read again. Your decisions are untouched.",
  crashed_before: "Hedgerow stopped unexpectedly last time. The log has a trace.",
};

export const crashed =
  "A part of Hedgerow stopped; the log has a trace. If something seems stuck, restart Hedgerow.";

export const sampleNote = "Sample project: everything here is made up and stays on this machine.";
