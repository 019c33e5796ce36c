import type { CommandError, Commands, Event } from "./generated";

/** What the window may ask of the core. Tauri is one implementation, the in-memory fake the other. */
export interface Backend {
  /** Runs one command. Rejects with a {@link CommandError}, never with anything else. */
  call<K extends keyof Commands>(name: K, args: Commands[K][0]): Promise<Commands[K][1]>;
  /** Hears every event of the core until the returned function is called. */
  listen(onEvent: (event: Event) => void): Promise<() => void>;
}

/** Longest text kept of an error that did not come from the core in its own form. */
const MAX_FOREIGN_ERROR = 300;

/** Whatever was thrown, as the one error form the interface knows. */
export function toCommandError(thrown: unknown): CommandError {
  if (isCommandError(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "internal", message: message.slice(0, MAX_FOREIGN_ERROR), field: null, retry_after: null };
}

function isCommandError(thrown: unknown): thrown is CommandError {
  return (
    typeof thrown === "object" &&
    thrown !== null &&
    "code" in thrown &&
    typeof thrown.code === "string" &&
    "message" in thrown &&
    typeof thrown.message === "string"
  );
}
