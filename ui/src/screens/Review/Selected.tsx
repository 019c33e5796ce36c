import { Button } from "../../components/Button";
import { DecideBar } from "../Batch/DecideBar";
import { count } from "../../words";
import type { Checked } from "./useChecked";
import type { Steps } from "./useSteps";

/** What can be done with the picked entries. */
export function Selected({ checked, steps }: { checked: Checked; steps: Steps }) {
  return (
    <DecideBar
      picked={checked.size}
      selection={() => ({ of: "tools", tools: checked.tools() })}
      onApplied={checked.clear}
      onClear={checked.clear}
    >
      <Button
        busy={steps.busy}
        onClick={() => {
          steps.accept({ of: "tools", tools: checked.tools() }, count(checked.size, "tool"));
          checked.clear();
        }}
      >
        Accept as they are
      </Button>
    </DecideBar>
  );
}
