import { useState } from "react";
import { useGo } from "../../app/route";
import { useNow } from "../../clock";
import { Button, Spinner } from "../../components/Button";
import { Dialog, DialogButtons } from "../../components/Dialog";
import { Icon } from "../../components/Icon";
import { ErrorBlock, Note } from "../../components/Note";
import type { FlowStep, FlowView } from "../../ipc/generated";
import { useCommand, useIsHere } from "../../ipc/queries";
import { left } from "../../time";
import { elsewhere, type Way } from "../../manageWords";
import { flowEnds, flowSteps, notYet, preparing, signedInAs, toolsFound } from "../../connectWords";
import styles from "./Connect.module.css";
import { type EndedStep, hasEnded } from "./useEndedFlows";

interface FlowDialogProps {
  flow: FlowView;
  /** How the server is logged in to: without the browser there are fewer steps. */
  way: Way;
  onClose: () => void;
  onAgain?: () => void;
}

/** One flow from beginning to end. Closing it while it runs leaves it running, as a chip in the rail. */
export function FlowDialog({ flow, way, onClose, onAgain }: FlowDialogProps) {
  const dismiss = useCommand("dismiss_flow");
  const ended = hasEnded(flow.step);
  const close = () => {
    if (ended) dismiss.mutate({ flow: flow.id });
    onClose();
  };
  return (
    <Dialog open onClose={close} title={`Connect ${flow.title}`} step={flow.step}>
      {hasEnded(flow.step) ? (
        <Ended
          flow={flow}
          step={flow.step}
          onClose={close}
          onAgain={
            onAgain &&
            (() => {
              close();
              onAgain();
            })
          }
        />
      ) : (
        <Running flow={flow} way={way} />
      )}
    </Dialog>
  );
}

type Step = keyof typeof flowSteps;
const order: Step[] = ["preparing", "waiting", "checking", "reading_tools"];

function Steps({ flow, way }: { flow: FlowView; way: Way }) {
  const now = useNow(1000);
  const steps =
    way === "browser" ? order : order.filter((step) => step === "preparing" || step === "reading_tools");
  const current = steps.indexOf(flow.step as Step);
  return (
    <ol>
      {steps.map((step, i) => {
        const words = step === "preparing" ? preparing[way] : flowSteps[step];
        const state = i < current ? "done" : i === current ? "now" : "todo";
        return (
          <li
            key={step}
            className={`${styles.step} ${styles[state]}`}
            aria-current={state === "now" ? "step" : undefined}
          >
            {state === "done" ? (
              <Icon name="ok" />
            ) : state === "now" ? (
              <Spinner />
            ) : (
              <span className={styles.ring} />
            )}
            <span>{words[state]}</span>
            {state === "now" && step === "waiting" && flow.deadline_ms !== null && (
              <span role="timer" className={styles.left}>
                {left(flow.deadline_ms, now)} left
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Running({ flow, way }: { flow: FlowView; way: Way }) {
  const [copied, setCopied] = useState(false);
  const check = useCommand("check_flow");
  const again = useCommand("open_flow_again");
  const copy = useCommand("copy_flow_link", () => setCopied(true));
  const cancel = useCommand("cancel_flow");
  const args = { flow: flow.id };
  const error = check.error ?? again.error ?? copy.error ?? cancel.error;
  const waiting: FlowStep[] = ["waiting", "checking"];
  const inBrowser = waiting.includes(flow.step) && way === "browser";
  const [before, email, after] = signedInAs(flow.email);
  return (
    <>
      <Steps flow={flow} way={way} />
      {inBrowser && (
        <>
          {flow.browser_failed && (
            <Note icon="warn">
              No browser opened. Copy the link and open it in the browser where you use PostHog.
            </Note>
          )}
          {flow.host && (
            <div>
              <p className={styles.why}>
                {flow.browser_failed ? "The page to open belongs to" : "The page that opened belongs to"}
              </p>
              <p className={styles.host}>{flow.host}</p>
            </div>
          )}
          <p className={styles.why}>
            {before}
            <b>{email}</b>
            {after}
          </p>
        </>
      )}
      {flow.not_yet && flow.step === "waiting" && !check.isPending && (
        <p role="status" className={styles.notYet}>
          <Icon name="info" />
          {notYet}
        </p>
      )}
      {error && <ErrorBlock error={error} />}
      <span role="status" className="vh">
        {copied ? "The link is on the clipboard" : ""}
      </span>
      <DialogButtons>
        {inBrowser && (
          <>
            <Button
              kind="primary"
              busy={check.isPending || flow.step === "checking"}
              onClick={() => check.mutate(args)}
            >
              I have finished
            </Button>
            <Button busy={again.isPending} onClick={() => again.mutate(args)}>
              Open again
            </Button>
            <Button busy={copy.isPending} onClick={() => copy.mutate(args)}>
              {copied ? "Link copied" : "Copy link"}
            </Button>
          </>
        )}
        <span className={styles.gap} />
        <Button kind="quiet" busy={cancel.isPending} onClick={() => cancel.mutate(args)}>
          Cancel
        </Button>
      </DialogButtons>
    </>
  );
}

function Ended({
  flow,
  step,
  onClose,
  onAgain,
}: {
  flow: FlowView;
  step: EndedStep;
  onClose: () => void;
  onAgain: (() => void) | undefined;
}) {
  const go = useGo();
  const here = useIsHere()(flow);
  const words = flowEnds[step];
  const { server_id } = flow;
  const connected = step === "connected";
  return (
    <>
      <div role="status" className={styles.result}>
        <Icon name={connected ? "ok" : "info"} />
        <div>
          <b>{words.title}</b>
          {words.text && <p>{words.text}</p>}
          {connected && <p>{toolsFound(flow.tools_found)}</p>}
          {!here && <p>{elsewhere}</p>}
        </div>
      </div>
      {flow.problem && step !== "expired" && step !== "cancelled" && <ErrorBlock error={flow.problem} />}
      <DialogButtons>
        {connected && here && server_id && (
          <Button
            kind="primary"
            onClick={() => {
              onClose();
              go({ screen: "server", id: server_id });
            }}
          >
            Open server
          </Button>
        )}
        {!connected && here && onAgain && (
          <Button kind="primary" onClick={onAgain}>
            Try again
          </Button>
        )}
        <Button kind="quiet" onClick={onClose}>
          Close
        </Button>
      </DialogButtons>
    </>
  );
}
