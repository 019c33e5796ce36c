import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactElement } from "react";
import styles from "./Tip.module.css";

/** The name of a control that shows only an icon, on hover and focus. The control carries its own accessible name. */
export function Tip({
  text,
  side = "right",
  enabled = true,
  children,
}: {
  text: string;
  side?: "right" | "bottom" | "top";
  enabled?: boolean;
  children: ReactElement;
}) {
  return (
    <Tooltip.Root disabled={!enabled}>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={6} className={styles.at}>
          <Tooltip.Popup className={styles.tip}>{text}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
