import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { type Backend, toCommandError } from "./backend";
import type { Event } from "./generated";

/** The one Tauri event the core sends; its payload says what changed. */
const EVENT = "hedgerow";

/** The core, reached through Tauri. */
export const tauriBackend: Backend = {
  async call(name, args) {
    try {
      // Every command takes one parameter called `args`, also when it is empty.
      return await invoke(name, { args });
    } catch (thrown) {
      throw toCommandError(thrown);
    }
  },
  listen: (onEvent) => listen<Event>(EVENT, ({ payload }) => onEvent(payload)),
};
