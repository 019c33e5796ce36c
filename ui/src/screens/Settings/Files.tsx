import { type ChangeEvent, useRef, useState } from "react";
import { backupWords, exportedWords, importFacts, importTitle } from "../../batchWords";
import { Button } from "../../components/Button";
import { Dialog, DialogButtons } from "../../components/Dialog";
import { ErrorBlock } from "../../components/Note";
import { useTell } from "../../components/Toasts";
import { toCommandError } from "../../ipc/backend";
import { useBackend } from "../../ipc/context";
import type { CommandError, ExportKind, ImportPlan } from "../../ipc/generated";
import { useCommand } from "../../ipc/queries";
import { useBatchDesk } from "../Batch/context";
import { Part } from "./Settings";
import styles from "./Settings.module.css";

/** Longest file the core takes, bytes. */
const MAX_FILE = 64 * 1024 * 1024;

type Import = { file: string; plan: ImportPlan | null; error: CommandError | null };

/** The project's policy and this machine's pins, as files. What a file would do is shown before it does it. */
export function Files() {
  const backend = useBackend();
  const input = useRef<HTMLInputElement>(null);
  const [importing, setImporting] = useState<Import | null>(null);
  const chosen = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    // The same file can be chosen again.
    target.value = "";
    if (!file) return;
    setImporting({ file: file.name, plan: null, error: null });
    try {
      if (file.size > MAX_FILE) throw tooLarge;
      const plan = await backend.call("plan_import", { text: await file.text() });
      setImporting({ file: file.name, plan, error: null });
    } catch (thrown) {
      setImporting({ file: file.name, plan: null, error: toCommandError(thrown) });
    }
  };
  return (
    <Part title="Policy and backup">
      <p>
        A policy says what each tool may do: servers by address, tools by name. A backup holds the definitions
        you decided on and what was done. No keys are in either.
      </p>
      <div className={styles.files}>
        <Write kind="policy" label="Export policy" />
        <Write kind="backup" label="Export backup" />
        <Button onClick={() => input.current?.click()}>Import a file…</Button>
        <input
          ref={input}
          type="file"
          accept="application/json,.json"
          className="vh"
          tabIndex={-1}
          aria-label="File to import"
          onChange={(event) => void chosen(event)}
        />
      </div>
      {importing && (
        <ImportDialog
          {...importing}
          onClose={() => setImporting(null)}
          onOther={() => {
            setImporting(null);
            input.current?.click();
          }}
        />
      )}
    </Part>
  );
}

const tooLarge: CommandError = {
  code: "invalid",
  message: "The file is larger than 64 MiB.",
  field: null,
  retry_after: null,
};

function Write({ kind, label }: { kind: ExportKind; label: string }) {
  const tell = useTell();
  const write = useCommand("export_file", (file) => tell(exportedWords(kind, file)));
  return (
    <>
      <Button busy={write.isPending} onClick={() => write.mutate({ kind })}>
        {label}
      </Button>
      {write.error && <ErrorBlock error={write.error} />}
    </>
  );
}

function ImportDialog({
  file,
  plan,
  error,
  onClose,
  onOther,
}: Import & { onClose: () => void; onOther: () => void }) {
  const desk = useBatchDesk();
  const tell = useTell();
  const apply = useCommand("apply_backup", (accepted) => {
    tell({ title: backupWords(accepted) });
    onClose();
  });
  return (
    <Dialog open onClose={onClose} title={importTitle(plan)}>
      {error && (
        <DialogButtons>
          <Button onClick={onOther}>Choose another file…</Button>
        </DialogButtons>
      )}
      <p className={styles.file}>{file}</p>
      {error?.field === "text" ? (
        // PostHog has not been asked: these are this app's own words about the file.
        <p role="alert">
          <b>This file was not taken.</b> {error.message}
        </p>
      ) : error ? (
        <ErrorBlock error={error} />
      ) : plan ? (
        <>
          {importFacts(plan).map(({ words, names }) => (
            <section key={words}>
              <p>{words}</p>
              {names.length > 0 && (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
                <ul className={styles.names} tabIndex={0} aria-label={words}>
                  {names.map((name) => (
                    <li key={name} dir="auto">
                      {name}
                    </li>
                  ))}
                </ul>
              )}
            </section>
          ))}
          {apply.error && <ErrorBlock error={apply.error} />}
          <DialogButtons>
            {plan.plan ? (
              <Button
                kind="primary"
                onClick={() => {
                  if (plan.plan) desk.showPlan(plan.plan, importTitle(plan));
                  onClose();
                }}
              >
                See what it would decide…
              </Button>
            ) : (
              <Button kind="primary" busy={apply.isPending} onClick={() => apply.mutate({})}>
                Apply
              </Button>
            )}
            <Button kind="quiet" onClick={onClose}>
              Cancel
            </Button>
          </DialogButtons>
        </>
      ) : (
        <p role="status">Reading what it would do…</p>
      )}
    </Dialog>
  );
}
