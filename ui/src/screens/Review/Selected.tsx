import { Button } from "../../components/Button";
import { DecideBar } from "../Batch/DecideBar";
import { pickedOnly, pickingWords } from "../../groupWords";
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
      wait={checked.picking ? pickingWords : ""}
      note={checked.short === null ? "" : pickedOnly(checked.size, checked.short)}
    >
      <Button
        busy={steps.busy}
        unavailable={checked.picking ? pickingWords : ""}
        onClick={() => {
          steps.putOffMany({ of: "tools", tools: checked.tools() });
          checked.clear();
        }}
      >
        Later
      </Button>
      <Button
        busy={steps.busy}
        unavailable={checked.picking ? pickingWords : ""}
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
