import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Field, FieldError } from "../../components/Field";
import { Pick } from "../../components/Pick";
import { ErrorBlock, ErrorText } from "../../components/Note";
import type { AccountView, CommandError, KeyringView, Kept } from "../../ipc/generated";
import { useBackend } from "../../ipc/context";
import { keys, useCommand } from "../../ipc/queries";
import { useSecretCall } from "../../ipc/useSecretCall";
import { keyringWords } from "../../startWords";
import styles from "./SignIn.module.css";

type Place = "us" | "eu" | "own";

const places: { value: Place; label: string }[] = [
  { value: "us", label: "US cloud" },
  { value: "eu", label: "EU cloud" },
  { value: "own", label: "Own host" },
];

const missingKey: CommandError = { code: "invalid", message: "", field: "key", retry_after: null };

interface KeyFormProps {
  keyring: KeyringView;
  /** The key is good, but which project is not clear. */
  onChoose: (account: AccountView) => void;
  onDone: () => void;
}

/** Signing in with a personal API key. The key lives in the input until it is sent, then nowhere in the page. */
export function KeyForm({ keyring, onChoose, onDone }: KeyFormProps) {
  const [place, setPlace] = useState<Place>("us");
  const [thisRun, setThisRun] = useState(false);
  const [empty, setEmpty] = useState<"host" | "key" | "keep" | null>(null);
  const keyInput = useRef<HTMLInputElement>(null);
  const thisRunInput = useRef<HTMLInputElement>(null);
  const hostInput = useRef<HTMLInputElement>(null);
  const backend = useBackend();
  const client = useQueryClient();
  const signIn = useSecretCall();
  const keyPage = useCommand("open_key_page");
  const host = () => (place === "own" ? (hostInput.current?.value.trim() ?? "") : place);
  const keyringFailed = signIn.error?.code === "keyring_absent" || signIn.error?.code === "keyring_locked";
  const offerThisRun = keyring !== "ready" || keyringFailed;
  const keep: Kept = offerThisRun && thisRun ? "this_run" : "keyring";

  const firstMissing = (key: string) => {
    if (place === "own" && host() === "") return "host";
    if (key === "") return "key";
    return offerThisRun && !thisRun ? "keep" : null;
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = keyInput.current;
    if (!input || signIn.pending) return;
    const key = input.value.trim();
    const missing = firstMissing(key);
    setEmpty(missing);
    if (missing) {
      ({ host: hostInput, key: keyInput, keep: thisRunInput })[missing].current?.focus();
      return;
    }
    input.value = "";
    void signIn.run(
      () => backend.call("sign_in_key", { host: host(), key, keep }),
      (answer) => {
        void client.invalidateQueries({ queryKey: keys.boot });
        if (answer.active) onDone();
        else onChoose(answer.account);
      },
      (error) => (error.field === "host" ? hostInput : keyInput).current?.focus(),
    );
  };

  const error = signIn.error;
  const at = (field: string) => (error?.field === field ? error : null);
  return (
    <form className={styles.panel} onSubmit={submit} aria-label="Sign in with a key" noValidate>
      <Pick label="Where your PostHog is" options={places} value={place} onChange={setPlace} />
      {place === "own" && (
        <Field
          label="Address of your PostHog"
          error={
            empty === "host"
              ? "Enter the address of your PostHog."
              : at("host") && <ErrorText error={at("host") ?? missingKey} />
          }
        >
          {(props) => (
            <input
              {...props}
              ref={hostInput}
              type="text"
              inputMode="url"
              placeholder="https://posthog.example.com"
              spellCheck={false}
              autoComplete="off"
              onChange={() => setEmpty(null)}
            />
          )}
        </Field>
      )}
      <Field
        label="Personal API key"
        error={
          empty === "key"
            ? "Paste a personal API key."
            : at("key") && <ErrorText error={at("key") ?? missingKey} />
        }
      >
        {(props) => (
          <input
            {...props}
            ref={keyInput}
            type="password"
            name="key"
            placeholder="phx_…"
            spellCheck={false}
            autoComplete="off"
            onChange={() => setEmpty(null)}
          />
        )}
      </Field>
      {place !== "own" && at("host") && (
        <FieldError>
          <ErrorText error={at("host") ?? missingKey} />
        </FieldError>
      )}
      {error && !error.field && <ErrorBlock error={error} />}
      <p className={styles.why}>
        Needs <code>user:read</code>, <code>organization:read</code> and <code>project:read</code>.{" "}
        {keyring === "ready" && !keyringFailed && `${keyringWords.ready} `}
        <button type="button" className={styles.link} onClick={() => keyPage.mutate({ host: host() })}>
          Make a key
        </button>
      </p>
      {keyPage.error && <ErrorBlock error={keyPage.error} />}
      {offerThisRun && (
        <div className={styles.keyring}>
          {/* The refusal above says so already. */}
          {!keyringFailed && <p>{keyringWords[keyring]}</p>}
          <label>
            <input
              ref={thisRunInput}
              type="checkbox"
              checked={thisRun}
              onChange={(event) => {
                setThisRun(event.target.checked);
                setEmpty(null);
              }}
            />{" "}
            Keep it for this run only
          </label>
          {empty === "keep" && <FieldError>Choose this to sign in without a keyring.</FieldError>}
        </div>
      )}
      <Button type="submit" kind="wide" busy={signIn.pending}>
        {signIn.pending ? "Checking the key and reading your projects…" : "Sign in"}
      </Button>
    </form>
  );
}
