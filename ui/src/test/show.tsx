import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "../app/App";
import { ClockProvider } from "../clock";
import { Fake, type FakeStart } from "../ipc/fake";
import { NOW } from "../ipc/fakeData";

/** The whole window on a fake core, and somebody to use it. `prepare` changes the fake before the window sees it. */
export function show(start: FakeStart = {}, prepare: (fake: Fake) => void = () => {}) {
  const fake = new Fake(start);
  prepare(fake);
  render(
    <ClockProvider clock={() => NOW}>
      <App backend={fake} />
    </ClockProvider>,
  );
  return { fake, user: userEvent.setup() };
}

type User = ReturnType<typeof userEvent.setup>;

/** The list line of a server. */
export async function serverLine(id: string): Promise<HTMLElement> {
  const list = await screen.findByRole("region", { name: "List of servers" });
  const line = list.querySelector<HTMLElement>(`[data-server="${id}"]`);
  if (!line) throw new Error(`no line for ${id}`);
  return line;
}

/** Goes to the page of one server. */
export async function openServer(user: User, id: string): Promise<void> {
  await user.click(within(await serverLine(id)).getAllByRole("button")[0] as HTMLElement);
}

/** Goes to one tool of a server. */
export async function openTool(user: User, server: string, tool: string): Promise<HTMLElement> {
  await openServer(user, server);
  const grid = await screen.findByRole("grid");
  const line = await waitFor(() => {
    const found = grid.querySelector<HTMLElement>(`[data-tool="${tool}"]`);
    if (!found) throw new Error(`no line for ${tool}`);
    return found;
  });
  await user.click(line);
  return screen.findByRole("complementary", { name: `Tool ${tool}` });
}

/** Goes to the catalog and gives the card of one entry. */
export async function card(user: User, name: string): Promise<HTMLElement> {
  await user.click(await screen.findByRole("button", { name: "Catalog" }));
  const found = (await screen.findByRole("heading", { name, level: 2 })).closest<HTMLElement>(
    "[data-template]",
  );
  if (!found) throw new Error(`no card for ${name}`);
  return found;
}

/** Goes to Review. */
export async function openReview(user: User): Promise<void> {
  await user.click(await screen.findByRole("button", { name: /^Review/ }));
  await screen.findByRole("heading", { name: "Review", level: 1 });
}

/** The marked line of a list. */
export const marked = () =>
  document.getElementById(screen.getByRole("grid").getAttribute("aria-activedescendant") ?? "");

/** The line of one entry of Review. */
export const entryLine = (name: string): Promise<HTMLElement> =>
  waitFor(() => {
    const found = document.querySelector<HTMLElement>(`[data-entry="${CSS.escape(name)}"]`);
    if (!found) throw new Error(`no line for ${name}`);
    return found;
  });
