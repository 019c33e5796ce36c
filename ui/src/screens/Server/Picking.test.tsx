import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { openServer, show } from "../../test/show";

const line = (tool: string) =>
  waitFor(() => {
    const found = document.querySelector<HTMLElement>(`[data-tool="${tool}"]`);
    if (!found) throw new Error(`no line for ${tool}`);
    return found;
  });
const box = async (tool: string) =>
  (await line(tool)).querySelector<HTMLElement>("[data-check]") as HTMLElement;
const picked = () =>
  [...document.querySelectorAll<HTMLElement>('[data-tool][aria-selected="true"]')].map(
    ({ dataset }) => dataset.tool,
  );
/** The tools on screen, in their order. */
const names = async (atLeast: number) =>
  waitFor(() => {
    const all = [...document.querySelectorAll<HTMLElement>("[data-tool]")].map(
      ({ dataset }) => dataset.tool ?? "",
    );
    if (all.length < atLeast) throw new Error("too few lines");
    return all;
  });

async function github() {
  const { fake, user } = show({ held: true });
  await openServer(user, "srv-github");
  const all = await names(6);
  return { fake, user, all, grid: screen.getByRole("grid") };
}

/** What the plan that is asked for now is about. */
async function planned({ fake, user }: Pick<Awaited<ReturnType<typeof github>>, "fake" | "user">) {
  await user.click(screen.getByRole("button", { name: "Block…" }));
  await screen.findByRole("dialog");
  return fake.callsOf("plan_decisions")[0]?.tools;
}

describe("picking tools of a server", () => {
  it("by their boxes opens none, and goes with the definitions on screen", async () => {
    const { fake, user, all } = await github();
    const [first = "", , third = ""] = all;
    await user.click(await box(first));
    await user.click(await box(third));
    expect(picked()).toEqual([first, third]);
    expect(screen.getByText("2 selected")).toBeTruthy();
    expect(screen.queryByRole("complementary")).toBeNull();
    await user.click(await box(first));
    expect(picked()).toEqual([third]);
    expect(await planned({ fake, user })).toEqual({
      of: "tools",
      tools: [{ server_id: "srv-github", tool: third, fingerprint: `fp-${third}-1` }],
    });
  });

  it("with Shift takes what lies between", async () => {
    const { user, all } = await github();
    await user.click(await box(all[1] ?? ""));
    await user.keyboard("{Shift>}");
    await user.click(await box(all[4] ?? ""));
    await user.keyboard("{/Shift}");
    expect(picked()).toEqual(all.slice(1, 5));
  });

  it("goes by keys alone: Space, and Shift with an arrow", async () => {
    const { fake, user, all, grid } = await github();
    grid.focus();
    await user.keyboard("{ArrowDown} ");
    expect(picked()).toEqual([all[1]]);
    await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    expect(picked()).toEqual(all.slice(1, 4));
    await user.keyboard(" ");
    expect(picked()).toEqual(all.slice(1, 3));
    expect(fake.callsOf("decide")).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Clear" }));
    expect(picked()).toEqual([]);
  });

  it("of all that match goes as that question, and is over when the question changes", async () => {
    const { fake, user, all } = await github();
    await user.type(screen.getByRole("textbox", { name: /Search/ }), "issue");
    await waitFor(() =>
      expect(Number(screen.getByRole("grid").getAttribute("aria-rowcount"))).toBeLessThan(97),
    );
    const matching = Number(screen.getByRole("grid").getAttribute("aria-rowcount")) - 1;
    await user.click(await box(all[0] ?? ""));
    await user.click(screen.getByRole("button", { name: `All ${matching} that match` }));
    expect(screen.getByText(`${matching} selected`)).toBeTruthy();
    expect(await planned({ fake, user })).toEqual({
      of: "server",
      server_id: "srv-github",
      search: "issue",
      filter: "all",
    });
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Cancel" }));
    await user.type(screen.getByRole("textbox", { name: /Search/ }), "s");
    await waitFor(() => expect(screen.queryByText(`${matching} selected`)).toBeNull());
  });
});

describe("tools of a colleague’s connection", () => {
  it("cannot be picked", async () => {
    const { user } = show();
    await openServer(user, "srv-farm");
    await names(3);
    screen.getByRole("grid").focus();
    await user.keyboard(" ");
    expect(document.querySelector("[data-check]")).toBeNull();
    expect(screen.queryByText("1 selected")).toBeNull();
  });
});
