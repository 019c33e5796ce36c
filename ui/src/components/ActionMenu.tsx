import { Menu } from "@base-ui/react/menu";
import { type RefObject, useRef } from "react";
import styles from "./Menu.module.css";

export interface MenuAction {
  label: string;
  run: () => void;
  /** Why it cannot be done now; shown beneath it. */
  unavailable?: string;
  /** Sets it off from what is above it. */
  apart?: boolean;
}

/** A button with further things to do. What cannot be done is there too, with its reason. */
export function ActionMenu({
  label,
  about,
  actions,
  refusal = "",
  className,
  host,
}: {
  label: string;
  /** What the actions are about, for whoever hears the button without its surroundings. */
  about: string;
  actions: MenuAction[];
  /** Why none of them can be done now; said once, above them. */
  refusal?: string;
  className?: string | undefined;
  /** Where it opens when its own place would cut it off, as a line of a scrolling list does. */
  host?: RefObject<HTMLElement | null>;
}) {
  // Inside the screen, where whoever reads by landmarks looks for it.
  const own = useRef<HTMLDivElement>(null);
  return (
    <>
      <Menu.Root>
        <Menu.Trigger className={className}>
          {label}
          <span className="vh"> about {about}</span>
        </Menu.Trigger>
        <Menu.Portal container={host ?? own}>
          <Menu.Positioner side="bottom" align="end" sideOffset={4} className={styles.at}>
            <Menu.Popup className={styles.menu}>
              {refusal && (
                <p className={styles.refusal} aria-hidden="true">
                  {refusal}
                </p>
              )}
              {actions.map(({ label: name, run, unavailable = "", apart = false }) => (
                <div key={name}>
                  {apart && <Menu.Separator className={styles.line} />}
                  <Menu.Item
                    className={styles.item}
                    disabled={refusal !== "" || unavailable !== ""}
                    onClick={run}
                  >
                    <span className={styles.itemText}>
                      {name}
                      {refusal ? (
                        <span className="vh">. {refusal}</span>
                      ) : (
                        unavailable && <span className={styles.reason}>{unavailable}</span>
                      )}
                    </span>
                  </Menu.Item>
                </div>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {!host && <div ref={own} />}
    </>
  );
}
