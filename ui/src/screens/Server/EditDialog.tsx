import { type FormEvent, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog, DialogButtons } from "../../components/Dialog";
import { Field } from "../../components/Field";
import { ErrorBlock, ErrorText } from "../../components/Note";
import { useTell } from "../../components/Toasts";
import type { ServerRow } from "../../ipc/generated";
import { editedWords, MAX_DESCRIPTION, MAX_NAME, manageRefusal, tooLong } from "../../manageWords";
import { useManage } from "./useManage";

/** Another name, another description. Only what was changed is sent. */
export function EditDialog({
  server,
  offline,
  onClose,
}: {
  server: ServerRow;
  offline: boolean;
  onClose: () => void;
}) {
  const tell = useTell();
  // As it was when the dialog opened: what PostHog says meanwhile must not count as typed here.
  const [before] = useState(server);
  const [name, setName] = useState(server.name);
  const [description, setDescription] = useState(server.description);
  const first = useRef<HTMLInputElement>(null);
  const change = useManage("change_server", (now) => {
    if (now) tell({ title: editedWords(now) });
    onClose();
  });
  const faults = {
    name: tooLong("A name", name.trim(), MAX_NAME),
    description: tooLong("A description", description.trim(), MAX_DESCRIPTION),
  };
  const changed = {
    name: name.trim() === before.name ? null : name.trim(),
    description: description.trim() === before.description ? null : description.trim(),
  };
  const same = changed.name === null && changed.description === null;
  const at = (field: string) => (change.error?.field === field ? change.error : null);
  const atName = at("name") ?? at("display_name");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending || same || offline || faults.name || faults.description) return;
    change.mutate({ server_id: server.id, ...changed, enabled: null });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Rename and describe ${before.name}`}
      initialFocus={first}
      onSubmit={submit}
    >
      <Field
        label="Name"
        words
        error={faults.name || (atName && <ErrorText error={atName} />)}
        hint={name.trim() === "" && "Without a name, PostHog shows the one of the catalog or the address."}
      >
        {(props) => (
          <input
            {...props}
            ref={first}
            type="text"
            value={name}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Description"
        words
        error={
          faults.description || (at("description") && change.error && <ErrorText error={change.error} />)
        }
      >
        {(props) => (
          <textarea
            {...props}
            value={description}
            rows={3}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
      {change.error && !atName && !at("description") && <ErrorBlock error={change.error} />}
      <DialogButtons>
        <Button
          kind="primary"
          type="submit"
          busy={change.isPending}
          unavailable={
            manageRefusal(server, offline) ||
            (same ? "Nothing is changed yet" : faults.name || faults.description)
          }
        >
          Save
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Cancel
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
