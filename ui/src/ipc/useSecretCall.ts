import { useState } from "react";
import { toCommandError } from "./backend";
import type { CommandError } from "./generated";

/** A call that carries a secret: unlike a mutation it keeps no trace of its arguments, only how it went. */
export function useSecretCall() {
  const [state, setState] = useState<{ pending: boolean; error: CommandError | null }>({
    pending: false,
    error: null,
  });
  const run = async <T>(
    call: () => Promise<T>,
    onSuccess: (answer: T) => void,
    onError: (error: CommandError) => void,
  ) => {
    setState({ pending: true, error: null });
    try {
      const answer = await call();
      setState({ pending: false, error: null });
      onSuccess(answer);
    } catch (thrown) {
      const error = toCommandError(thrown);
      setState({ pending: false, error });
      onError(error);
    }
  };
  return { ...state, run };
}
