import { useSyncExternalStore } from "react";

/** Below this the rail shows icons only and a tool's pane lies over the table. */
const NARROW = "(max-width: 1100px)";

const subscribe = (onChange: () => void) => {
  const query = window.matchMedia(NARROW);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
};

/** Whether the window is small. */
export const useNarrow = () => useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches);
