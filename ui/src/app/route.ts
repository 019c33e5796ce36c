import { createContext, use } from "react";

/** Which screen is shown. */
export type Route =
  | { screen: "servers" }
  | { screen: "server"; id: string }
  | { screen: "catalog" }
  | { screen: "settings" }
  | { screen: "activity" }
  /** With a place: the entry to begin with, in Review or not. */
  | { screen: "review"; at?: ReviewPlace };

/** A tool, or with no tool the first entry of a server. */
export interface ReviewPlace {
  server_id: string;
  tool: string | null;
}

export type Go = (route: Route) => void;

export const GoContext = createContext<Go>(() => {});

/** Goes to another screen; the focus goes along. */
export const useGo = () => use(GoContext);
