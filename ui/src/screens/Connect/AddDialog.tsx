import { type FormEvent, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog, DialogButtons } from "../../components/Dialog";
import { Field } from "../../components/Field";
import { ErrorBlock, ErrorText } from "../../components/Note";
import { Pick } from "../../components/Pick";
import { SecretField } from "../../components/SecretField";
import { useBackend } from "../../ipc/context";
import type { AddServer, CommandError, FlowView, SchemeView } from "../../ipc/generated";
import { useServers } from "../../ipc/queries";
import { useSecretCall } from "../../ipc/useSecretCall";
import { lending, MAX_NAME, notOffline, plainHttp, tooLong, ways, wayWords } from "../../manageWords";
import { AddAdvanced } from "./AddAdvanced";
import { AlreadyThere } from "./AlreadyThere";
import styles from "./Connect.module.css";
import type { Typed } from "./context";
import { SchemeDialog } from "./SchemeDialog";
import { useAddress } from "./useAddress";

/** How the dialog begins: empty, or with what was typed before and why that did not work. */
export interface Adding {
  typed: Typed | null;
  problem: CommandError | null;
}

interface AddDialogProps extends Adding {
  onClose: () => void;
  onBegan: (flow: FlowView, typed: Typed) => void;
  onLogIn: (server: { id: string; name: string }) => void;
}

const nothing: Typed = { url: "", name: "", description: "", way: "browser", client_id: "" };

/** Adding a server by its address. Secrets stay in their inputs until they are sent. */
export function AddDialog({ typed, problem, onClose, onBegan, onLogIn }: AddDialogProps) {
  const backend = useBackend();
  const offline = useServers().data?.sync.offline ?? false;
  const [before] = useState(typed ?? nothing);
  const [rest, setRest] = useState(before);
  const [asking, setAsking] = useState<SchemeView | null>(null);
  const [missing, setMissing] = useState<"name" | "key" | "client_id" | null>(null);
  const inputs = {
    url: useRef<HTMLInputElement>(null),
    name: useRef<HTMLInputElement>(null),
    key: useRef<HTMLInputElement>(null),
    client_id: useRef<HTMLInputElement>(null),
    client_secret: useRef<HTMLInputElement>(null),
  };
  const set = (change: Partial<Typed>) => setRest((now) => ({ ...now, ...change }));
  // A server without a better name goes by its host.
  const address = useAddress(before.url, problem, (host) =>
    setRest((now) => (now.name.trim() === "" ? { ...now, name: host } : now)),
  );
  const send = useSecretCall();
  const there = address.known?.answer?.installed ? address.known.answer : null;
  const longName = tooLong("A name", rest.name.trim(), MAX_NAME);

  const stop = (field: keyof typeof inputs) => {
    if (field === "name" || field === "key" || field === "client_id") setMissing(field);
    inputs[field].current?.focus();
  };

  /** Everything that can be known before sending; the focus goes to what is wrong. */
  const ready = async (): Promise<Typed | null> => {
    setMissing(null);
    const found = await address.check();
    const input = inputs.name.current;
    // The check may just have put the host there.
    const name = (rest.name.trim() || found?.answer?.host) ?? "";
    if (!found || found.error || found.answer?.installed) stop("url");
    else if (longName) input?.focus();
    else if (name === "") stop("name");
    else if (rest.way === "key" && !inputs.key.current?.value.trim()) stop("key");
    else if (inputs.client_secret.current?.value.trim() && rest.client_id.trim() === "") stop("client_id");
    else return { ...rest, url: found.url, name, client_id: rest.client_id.trim() };
    return null;
  };

  const submit = async (event?: FormEvent, asked = false) => {
    event?.preventDefault();
    if (send.pending || offline || (asking && !asked)) return;
    const now = await ready();
    if (!now) return;
    if (now.way === "browser" && !asked) {
      const scheme = await backend.call("scheme", {}).catch(() => null);
      if (scheme && scheme.owner !== "hedgerow" && !scheme.declined) {
        setAsking(scheme);
        return;
      }
    }
    const args = request(now, take(inputs.key.current), take(inputs.client_secret.current));
    await send.run(
      () => backend.call("add_server", args),
      (flow) => onBegan(flow, now),
      (error) => {
        if (error.field === "url") address.refuse({ url: now.url, answer: null, error });
        const field = Object.keys(inputs).find((one) => one === error.field) as keyof typeof inputs;
        (field ? inputs[field] : inputs.url).current?.focus();
      },
    );
  };

  const at = (field: string) => (send.error?.field === field ? send.error : null);
  const known = ["url", "name", "key", "client_id", "client_secret"];
  const elsewhere = send.error && !known.includes(send.error.field ?? "") ? send.error : null;
  const initial = !send.error && problem?.field !== "url" ? problem : null;
  const block = elsewhere ?? initial;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a server by its URL"
      initialFocus={inputs.url}
      onSubmit={(event) => void submit(event)}
    >
      <Field
        label="Address of the MCP server"
        error={address.known?.error && <ErrorText error={address.known.error} />}
        hint={/^http:/i.test(address.trimmed) && plainHttp}
      >
        {(props) => (
          <input
            {...props}
            ref={inputs.url}
            type="text"
            inputMode="url"
            placeholder="https://mcp.example.com/mcp"
            value={address.url}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => address.setUrl(event.target.value)}
            onBlur={() => address.trimmed !== "" && void address.check()}
          />
        )}
      </Field>
      {there && <AlreadyThere check={there} offline={offline} onClose={onClose} onLogIn={onLogIn} />}
      <Field
        label="Name"
        words
        error={
          longName ||
          (missing === "name" && "Give it a name.") ||
          (at("name") && send.error && <ErrorText error={send.error} />)
        }
      >
        {(props) => (
          <input
            {...props}
            ref={inputs.name}
            type="text"
            value={rest.name}
            autoComplete="off"
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <div className={styles.way}>
        <p className={styles.label} aria-hidden="true">
          How to log in
        </p>
        <Pick label="How to log in" options={ways} value={rest.way} onChange={(way) => set({ way })} />
        <p className={styles.why}>{wayWords[rest.way]}</p>
      </div>
      {rest.way === "key" && (
        <SecretField
          label="Key"
          input={inputs.key}
          error={
            missing === "key"
              ? "Paste the key of that server."
              : at("key")
                ? send.error && <ErrorText error={send.error} />
                : send.error && "The key was not kept here: paste it once more."
          }
          onChange={() => setMissing(null)}
        />
      )}
      <AddAdvanced
        typed={rest}
        onChange={set}
        clientId={inputs.client_id}
        secret={inputs.client_secret}
        missingId={missing === "client_id"}
        error={at("client_id") ?? at("client_secret")}
      />
      <p className={styles.why}>{lending}</p>
      {block && <ErrorBlock error={block} />}
      <DialogButtons>
        <Button
          kind="primary"
          type="submit"
          busy={send.pending}
          unavailable={offline ? notOffline : there ? "You have this server already" : ""}
        >
          Add server
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Cancel
        </Button>
      </DialogButtons>
      {asking && (
        <SchemeDialog
          scheme={asking}
          lends={false}
          onClose={() => setAsking(null)}
          onAnswered={() => {
            setAsking(null);
            void submit(undefined, true);
          }}
        />
      )}
    </Dialog>
  );
}

/** Takes a secret out of its input. */
function take(input: HTMLInputElement | null): string | null {
  const value = input?.value.trim() || null;
  if (input) input.value = "";
  return value;
}

function request(typed: Typed, key: string | null, client_secret: string | null): AddServer {
  const { name, url, description, way } = typed;
  const own = way === "browser" && typed.client_id !== "";
  return {
    name,
    url,
    description: description.trim(),
    login: own ? "own_client" : way,
    key: way === "key" ? key : null,
    client_id: own ? typed.client_id : null,
    client_secret: own ? client_secret : null,
  };
}
