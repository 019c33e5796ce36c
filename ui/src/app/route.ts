import { createContext, use } from "react";

/** Which screen is shown. */
export type Route =
  | { screen: "servers" }
  | { screen: "server"; id: string }
  | { screen: "catalog" }
  | { screen: "settings" };

export type Go = (route: Route) => void;

export const GoContext = createContext<Go>(() => {});

/** Goes to another screen; the focus goes along. */
export const useGo = () => use(GoContext);
