import type { KeyboardEvent } from "react";
import { number } from "../words";
import styles from "./Chips.module.css";
import { Icon, type IconName } from "./Icon";

export interface Chip<T extends string> {
  value: T;
  label: string;
  count?: number;
  icon?: IconName;
}

interface ChipsProps<T extends string> {
  label: string;
  chips: Chip<T>[];
  value: T;
  onChange: (value: T) => void;
}

/** One choice out of a few, as a row of chips: a radio group, so the arrows move and choose. */
export function Chips<T extends string>({ label, chips, value, onChange }: ChipsProps<T>) {
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = chips.findIndex((chip) => chip.value === value);
    const next = chips[(at + step + chips.length) % chips.length];
    if (!next) return;
    onChange(next.value);
    event.currentTarget.querySelectorAll<HTMLElement>("[role=radio]")[chips.indexOf(next)]?.focus();
  };
  return (
    <div className={styles.chips} role="radiogroup" aria-label={label} onKeyDown={move}>
      {chips.map((chip) => (
        <button
          key={chip.value}
          type="button"
          role="radio"
          aria-checked={chip.value === value}
          tabIndex={chip.value === value ? 0 : -1}
          className={styles.chip}
          onClick={() => onChange(chip.value)}
        >
          {chip.icon && <Icon name={chip.icon} />}
          {chip.label}
          {chip.count !== undefined && <span className={styles.count}>{number(chip.count)}</span>}
        </button>
      ))}
    </div>
  );
}
