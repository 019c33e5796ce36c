import { type KeyboardEvent, useRef } from "react";
import { Icon } from "./Icon";
import styles from "./SearchField.module.css";

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** How many match, in words; announced politely. */
  result: string;
  slim?: boolean;
}

/** Search as you type; Escape empties it. */
export function SearchField({ label, value, onChange, result, slim = false }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || value === "") return;
    event.stopPropagation();
    onChange("");
  };
  return (
    <div role="search" className={slim ? `${styles.find} ${styles.slim}` : styles.find}>
      <Icon name="glass" />
      <input
        ref={input}
        type="text"
        inputMode="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        spellCheck={false}
        autoComplete="off"
      />
      <span role="status" className={styles.result}>
        {value ? result : ""}
      </span>
      {value && (
        <button
          type="button"
          aria-label="Clear search"
          className={styles.clear}
          onClick={() => {
            onChange("");
            input.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
