import { type ReactNode, type RefObject, useEffect, useState } from "react";
import { Field } from "./Field";
import styles from "./Field.module.css";

/** A masked input that can be shown. Its value lives in the element only, never in the state of the page. */
export function SecretField({
  label,
  what = "the key",
  error,
  hint,
  input,
  onChange,
}: {
  label: string;
  /** What the button shows and hides. */
  what?: string;
  error?: ReactNode;
  hint?: ReactNode;
  input: RefObject<HTMLInputElement | null>;
  onChange?: () => void;
}) {
  const [readable, setReadable] = useState(false);
  useEffect(() => {
    const form = input.current?.form;
    const hide = () => setReadable(false);
    form?.addEventListener("submit", hide);
    return () => form?.removeEventListener("submit", hide);
  }, [input]);
  return (
    <Field
      label={label}
      error={error}
      hint={hint}
      after={
        <button
          type="button"
          className={styles.show}
          aria-pressed={readable}
          onClick={() => setReadable(!readable)}
        >
          {readable ? "Hide" : "Show"}
          <span className="vh"> {what}</span>
        </button>
      }
    >
      {(props) => (
        <input
          {...props}
          ref={input}
          type={readable ? "text" : "password"}
          spellCheck={false}
          autoComplete="off"
          onChange={onChange}
        />
      )}
    </Field>
  );
}
