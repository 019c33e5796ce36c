import { type RefObject, useState } from "react";
import { Field } from "../../components/Field";
import { Icon } from "../../components/Icon";
import { ErrorText } from "../../components/Note";
import { SecretField } from "../../components/SecretField";
import type { CommandError } from "../../ipc/generated";
import { ownClientWords } from "../../manageWords";
import styles from "./Connect.module.css";
import type { Typed } from "./context";

interface AddAdvancedProps {
  typed: Typed;
  onChange: (change: Partial<Typed>) => void;
  clientId: RefObject<HTMLInputElement | null>;
  secret: RefObject<HTMLInputElement | null>;
  /** A secret was given without the id it belongs to. */
  missingId: boolean;
  error: CommandError | null;
}

/** What most servers do not need: a description, and a client of one's own for the login. */
export function AddAdvanced({ typed, onChange, clientId, secret, missingId, error }: AddAdvancedProps) {
  const [open, setOpen] = useState(typed.client_id !== "" || typed.description !== "");
  const shown = open || missingId || error !== null;
  return (
    <div className={styles.advanced}>
      <button type="button" className={styles.fold} aria-expanded={shown} onClick={() => setOpen(!open)}>
        <Icon name="down" />
        Advanced
      </button>
      {/* Hidden, not taken away: what was typed stays, the secret too. */}
      <div className={styles.advanced} hidden={!shown}>
        <Field label="Description" words>
          {(props) => (
            <input
              {...props}
              type="text"
              value={typed.description}
              autoComplete="off"
              onChange={(event) => onChange({ description: event.target.value })}
            />
          )}
        </Field>
        {typed.way === "browser" && (
          <>
            <Field
              label="Own client id"
              hint={ownClientWords}
              error={
                missingId
                  ? "The secret belongs to a client id. Enter that too, or empty the secret."
                  : error && <ErrorText error={error} />
              }
            >
              {(props) => (
                <input
                  {...props}
                  ref={clientId}
                  type="text"
                  value={typed.client_id}
                  spellCheck={false}
                  autoComplete="off"
                  onChange={(event) => onChange({ client_id: event.target.value })}
                />
              )}
            </Field>
            <SecretField label="Client secret, if it has one" what="the secret" input={secret} />
          </>
        )}
      </div>
    </div>
  );
}
