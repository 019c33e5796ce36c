import { type FormEvent, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog, DialogButtons } from "../../components/Dialog";
import { Field } from "../../components/Field";
import { GoesAndStays } from "../../components/GoesAndStays";
import { ErrorBlock } from "../../components/Note";
import { useCommand } from "../../ipc/queries";
import { REMOVE_WORD, removeData } from "../../manageWords";
import { forgetEverything } from "../../memory";
import styles from "./Settings.module.css";

/** Removing everything of this machine: said first, typed, then done. The app ends with it. */
export function RemoveData({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const remove = useCommand("remove_my_data", forgetEverything);
  const meant = typed.trim().toLowerCase() === REMOVE_WORD;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (meant && !remove.isPending) remove.mutate({});
  };
  const running = remove.isPending || remove.isSuccess;
  return (
    <Dialog
      open
      onClose={() => !running && onClose()}
      title="Remove everything Hedgerow has on this machine?"
      initialFocus={input}
      onSubmit={submit}
    >
      <GoesAndStays goes={removeData.goes} stays={removeData.stays} />
      <Field label={`Type “${REMOVE_WORD}” to go on`} words>
        {(props) => (
          <input
            {...props}
            ref={input}
            type="text"
            value={typed}
            autoComplete="off"
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <p role="status" className={styles.why}>
        {running ? "Removing. Hedgerow closes when it is done." : "Hedgerow closes afterwards."}
      </p>
      {remove.error && <ErrorBlock error={remove.error} />}
      <DialogButtons>
        <Button
          kind="primary"
          type="submit"
          busy={running}
          unavailable={meant ? "" : `Type “${REMOVE_WORD}” first`}
        >
          Remove and close
        </Button>
        {!running && (
          <Button kind="quiet" onClick={onClose}>
            Keep everything
          </Button>
        )}
      </DialogButtons>
    </Dialog>
  );
}
