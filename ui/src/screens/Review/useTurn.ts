import { type RefObject, useEffect, useRef } from "react";

/** Counts turns: what was begun in an earlier one is told nothing here any more. Leaving the screen ends the last. */
export function useTurn(): RefObject<number> {
  const turn = useRef(0);
  useEffect(
    () => () => {
      turn.current += 1;
    },
    [],
  );
  return turn;
}
