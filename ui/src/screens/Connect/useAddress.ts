import { useRef, useState } from "react";
import { toCommandError } from "../../ipc/backend";
import { useBackend } from "../../ipc/context";
import type { AddressCheck, CommandError } from "../../ipc/generated";
import { MAX_ADDRESS, tooLong } from "../../manageWords";

/** What is known about the address that was typed. */
export interface Checked {
  url: string;
  answer: AddressCheck | null;
  error: CommandError | null;
}

/** An address for a server, looked at by the core before anything is sent. */
export function useAddress(start: string, problem: CommandError | null, onKnown: (host: string) => void) {
  const backend = useBackend();
  const [url, setUrl] = useState(start);
  const [checked, setChecked] = useState<Checked | null>(
    problem?.field === "url" ? { url: start.trim(), answer: null, error: problem } : null,
  );
  const latest = useRef("");
  const trimmed = url.trim();
  const known = checked?.url === trimmed ? checked : null;

  /** Looks at the address, unless that is known already. An answer for an address typed before does not count. */
  const check = async (): Promise<Checked | null> => {
    if (known) return known;
    const long = tooLong("An address", trimmed, MAX_ADDRESS);
    const refused = long || (trimmed === "" ? "Enter the address of the MCP server." : "");
    if (refused) {
      const error: CommandError = { code: "bad_address", message: refused, field: "url", retry_after: null };
      setChecked({ url: trimmed, answer: null, error });
      return null;
    }
    latest.current = trimmed;
    let found: Checked;
    try {
      const answer = await backend.call("check_address", { url: trimmed });
      found = { url: trimmed, answer, error: null };
      onKnown(answer.host);
    } catch (thrown) {
      found = { url: trimmed, answer: null, error: toCommandError(thrown) };
    }
    if (latest.current === trimmed) setChecked(found);
    return found;
  };
  return { url, setUrl, trimmed, known, check, refuse: setChecked };
}
