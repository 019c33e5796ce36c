import { createRoot } from "react-dom/client";
import { App } from "../src/app/App";
import { ClockProvider } from "../src/clock";
import { Fake, type FakeStart, refusal } from "../src/ipc/fake";
import { step } from "../src/ipc/fake/batch";
import { NOW } from "../src/ipc/fakeData";

/** The start of the fake comes as JSON in the address; the audit steers it afterwards through `window.fake`. */
const start = JSON.parse(new URLSearchParams(location.search).get("start") ?? "{}") as FakeStart;
const fake = new Fake(start);
Object.assign(window, { fake, refusal, step });

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <ClockProvider clock={() => NOW}>
      <App backend={fake} />
    </ClockProvider>,
  );
}
