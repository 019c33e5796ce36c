import { useId } from "react";
import { ErrorBlock } from "../../components/Note";
import { WatchLine } from "../../components/WatchLine";
import type { WatchSettings } from "../../ipc/generated";
import { useCommand } from "../../ipc/queries";
import { useWatchSettings } from "../../ipc/reviewQueries";
import { setBackExplained } from "../../watchWords";
import { Part } from "./Settings";
import styles from "./Settings.module.css";

const switches: { name: keyof WatchSettings; label: string; hint: string }[] = [
  {
    name: "watch",
    label: "Watch for changes in the background",
    hint: "Asks PostHog to read one server at a time, and leaves room for logins under its limit.",
  },
  {
    name: "notify",
    label: "Say on the desktop when something was noticed",
    hint: "Only how many and of which server, never a server’s own words.",
  },
  { name: "set_back", label: "Set changed allowed tools back to Ask first", hint: setBackExplained },
  {
    name: "review_keys",
    label: "Single keys act in the list of Review",
    hint: "J, K, R, B, Shift+A and Z, and only while that list has the focus.",
  },
];

/** What is set about watching and Review. */
export function Watching() {
  const settings = useWatchSettings();
  const set = useCommand("set_watch_settings");
  return (
    <Part title="Watching and Review">
      <WatchLine />
      {settings.data ? (
        switches.map(({ name, label, hint }) => (
          <Switch
            key={name}
            label={label}
            hint={hint}
            on={set.isPending ? set.variables[name] : settings.data[name]}
            onChange={(on) => {
              if (!set.isPending) set.mutate({ ...settings.data, [name]: on });
            }}
          />
        ))
      ) : settings.error ? (
        <ErrorBlock error={settings.error} />
      ) : (
        <p role="status">Reading the settings…</p>
      )}
      {set.error && <ErrorBlock error={set.error} />}
    </Part>
  );
}

function Switch({
  label,
  hint,
  on,
  onChange,
}: {
  label: string;
  hint: string;
  on: boolean;
  onChange: (on: boolean) => void;
}) {
  const id = useId();
  return (
    <div className={styles.switch}>
      <input
        type="checkbox"
        id={id}
        checked={on}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChange(target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-hint`} className={styles.why}>
        {hint}
      </p>
    </div>
  );
}
