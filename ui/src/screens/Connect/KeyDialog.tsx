import { type FormEvent, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog, DialogButtons } from "../../components/Dialog";
import { ErrorBlock, ErrorText } from "../../components/Note";
import { SecretField } from "../../components/SecretField";
import { useBackend } from "../../ipc/context";
import type { FlowView } from "../../ipc/generated";
import { useSecretCall } from "../../ipc/useSecretCall";
import { keyNotice } from "../../connectWords";
import styles from "./Connect.module.css";

interface KeyDialogProps {
  title: string;
  templateId: string;
  onClose: () => void;
  onBegan: (flow: FlowView) => void;
}

/** Connecting an entry that wants a key. The key leaves the input when it is sent and is kept nowhere here. */
export function KeyDialog({ title, templateId, onClose, onBegan }: KeyDialogProps) {
  const backend = useBackend();
  const send = useSecretCall();
  const input = useRef<HTMLInputElement>(null);
  const [empty, setEmpty] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const field = input.current;
    if (!field || send.pending) return;
    const api_key = field.value.trim();
    setEmpty(api_key === "");
    if (api_key === "") {
      field.focus();
      return;
    }
    field.value = "";
    void send.run(
      () => backend.call("connect_template", { template_id: templateId, api_key }),
      onBegan,
      () => field.focus(),
    );
  };
  const atField = send.error?.field === "api_key" ? send.error : null;
  return (
    <Dialog open onClose={onClose} title={`Connect ${title}`} initialFocus={input} onSubmit={submit}>
      <SecretField
        label={`API key from ${title}`}
        error={empty ? `Paste a key from ${title}.` : atField && <ErrorText error={atField} />}
        input={input}
        onChange={() => setEmpty(false)}
      />
      <p className={styles.why}>{keyNotice}</p>
      {send.error && !atField && <ErrorBlock error={send.error} />}
      <DialogButtons>
        <Button kind="primary" type="submit" busy={send.pending}>
          Connect
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Cancel
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
