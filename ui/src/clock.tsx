import { createContext, type ReactNode, use, useEffect, useState } from "react";

type Clock = () => number;
const ClockContext = createContext<Clock>(Date.now);

/** Lets a test or the audit choose the present. */
export function ClockProvider({ clock, children }: { clock: Clock; children: ReactNode }) {
  return <ClockContext value={clock}>{children}</ClockContext>;
}

/** The present in milliseconds, looked up again whenever the clock passes a multiple of `every` milliseconds. */
export function useNow(every: number): number {
  const clock = use(ClockContext);
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const next = () => {
      timer = setTimeout(tick, every - (clock() % every));
    };
    const tick = () => {
      setNow(clock());
      next();
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    next();
    return () => clearTimeout(timer);
  }, [clock, every]);
  return now;
}

/** How often ages such as `2 min ago` are looked at again. */
export const AGES = 20_000;
