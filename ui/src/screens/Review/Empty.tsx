import { useEffect, useRef } from "react";
import { useGo } from "../../app/route";
import { Button } from "../../components/Button";
import { ErrorBlock } from "../../components/Note";
import { Void } from "../../components/Void";
import type { Steps } from "./useSteps";

/** Nothing waits. What emptied the list can still be taken back from here. */
export function Empty({ steps, keysOn }: { steps: Steps; keysOn: boolean }) {
  const go = useGo();
  const undo = useRef<HTMLButtonElement>(null);
  // The list that had the focus is gone with its last line.
  useEffect(() => undo.current?.focus(), []);
  return (
    <Void
      icon="inbox"
      title="Nothing waits for you"
      actions={
        <>
          {steps.canUndo && (
            <Button
              ref={undo}
              busy={steps.busy}
              aria-keyshortcuts={keysOn ? "Z" : undefined}
              onClick={steps.undo}
              onKeyDown={({ key, altKey, ctrlKey, metaKey }) => {
                if (keysOn && key.toLowerCase() === "z" && !altKey && !ctrlKey && !metaKey) steps.undo();
              }}
            >
              Undo the last step
            </Button>
          )}
          <Button kind={steps.canUndo ? "quiet" : "plain"} onClick={() => go({ screen: "servers" })}>
            See the servers
          </Button>
        </>
      }
    >
      <p role="status">{steps.said}</p>
      <p>Every tool Hedgerow knows is as it was when it was decided on. That does not make it safe.</p>
      {steps.error && <ErrorBlock error={steps.error} />}
    </Void>
  );
}
