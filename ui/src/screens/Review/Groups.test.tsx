import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { groupSteps, putOffWords, stepWords } from "../../groupWords";
import { refusal } from "../../ipc/fake";
import type { ReviewGroup } from "../../ipc/generated";
import { openReview, show } from "../../test/show";

const menuOf = (about: RegExp) => screen.findByRole("button", { name: about });
const item = (name: string) => screen.findByRole("menuitem", { name });

describe("a group", () => {
  it.each<[ReviewGroup, string[]]>([
    ["changed_allowed", ["Ask first…", "Block…", "Allow these versions…", "Later"]],
    ["came_back", ["Ask first…", "Block…", "Allow these versions…", "Later"]],
    ["new_allowed", ["Ask first…", "Block…", "Allow these versions…", "Later"]],
    ["new", ["Ask first…", "Block…", "Allow…", "Later"]],
    ["changed_otherwise", ["Ask first…", "Block…", "Allow these versions…", "Later"]],
    ["removed", ["Note all", "Later"]],
    ["connections", []],
    ["unpinned", ["Accept as baseline…", "Ask first…", "Block…", "Later"]],
  ])("offers what makes sense for all of it: %s", (group, words) => {
    const many = { group, count: 5, later: 2 };
    expect(groupSteps(many).map((step) => stepWords(step, many))).toEqual(words);
    expect(groupSteps({ group, count: 2, later: 2 })).toEqual([]);
  });

  it("is decided on from its menu by keys alone, with the plan first", async () => {
    const { fake, user } = show({ held: true });
    await openReview(user);
    (await menuOf(/^More about New · 4, 1 for later/)).focus();
    await user.keyboard("{Enter}");
    (await item("Block…")).focus();
    await user.keyboard("{Enter}");
    const dialog = await screen.findByRole("dialog", { name: "Block for 3 tools" });
    expect(fake.callsOf("plan_decisions")).toEqual([
      { tools: { of: "group", group: "new", revision: 1 }, decision: "do_not_use" },
    ]);
    expect(fake.callsOf("apply_plan")).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
  });

  it("is put off as one step that is taken back as one", async () => {
    const { fake, user } = show();
    await openReview(user);
    await user.click(await menuOf(/^More about Changed while allowed/));
    await user.click(await item("Later"));
    expect(await screen.findByText("3 tools put off. A further change brings them back.")).toBeTruthy();
    expect(await screen.findByTitle("Changed while allowed · 3, 3 for later")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^More about Changed while allowed/ })).toBeNull();
    screen.getByRole("grid").focus();
    await user.keyboard("z");
    expect(await screen.findByText("3 tools back in their places.")).toBeTruthy();
    expect(await screen.findByTitle("Changed while allowed · 3")).toBeTruthy();
    expect(fake.callsOf("put_off_many").map(({ tools, later }) => [tools.of, later])).toEqual([
      ["group", true],
      ["tools", false],
    ]);
  });

  it("that moved meanwhile is told as such", () => {
    const tools = [{ server_id: "s", tool: "t", fingerprint: "f" }];
    expect(putOffWords({ tools, moved: 2 })).toBe(
      "1 tool put off. A further change brings it back. 2 tools moved meanwhile and stay.",
    );
    expect(putOffWords({ tools: [], moved: 1 })).toBe(
      "Nothing was put off. 1 tool moved meanwhile and stays.",
    );
  });
});

describe("a selection", () => {
  it("is put off in one step", async () => {
    const { fake, user } = show();
    await openReview(user);
    await screen.findByRole("region", { name: "The change" });
    screen.getByRole("grid").focus();
    await user.keyboard(" {Shift>}{ArrowDown}{/Shift}");
    const bar = await screen.findByRole("group", { name: "Selected tools" });
    await user.click(within(bar).getByRole("button", { name: "Later" }));
    await screen.findByText(/^2 tools put off/);
    expect(fake.callsOf("put_off_many")).toMatchObject([{ tools: { of: "tools" }, later: true }]);
    expect(screen.queryByRole("group", { name: "Selected tools" })).toBeNull();
  });

  it("over what was not read yet reads it, and nothing is done with half of it", async () => {
    const { fake, user } = show({ servers: "huge" });
    await openReview(user);
    await screen.findByRole("region", { name: "The change" });
    const release = fake.hold("list_review");
    const grid = screen.getByRole("grid");
    grid.focus();
    await user.keyboard("{Shift>}{End}{/Shift}");
    const bar = await screen.findByRole("group", { name: "Selected tools" });
    expect(within(bar).getByRole("status").textContent).toMatch(/selected…$/);
    await user.click(within(bar).getByRole("button", { name: /^Block…/ }));
    expect(fake.callsOf("plan_decisions")).toEqual([]);
    release();
    await waitFor(() => expect(within(bar).getByRole("status").textContent).toBe("10,000 selected"));
    await user.click(within(bar).getByRole("button", { name: "Block…" }));
    await waitFor(() => expect(fake.callsOf("plan_decisions").length).toBe(1));
    const [asked] = fake.callsOf("plan_decisions");
    expect(asked?.tools.of === "tools" && asked.tools.tools.length).toBe(10_000);
  });

  it("that could not be read whole says how many were picked", async () => {
    const { fake, user } = show({ servers: "huge" });
    await openReview(user);
    await screen.findByRole("region", { name: "The change" });
    fake.fail("list_review", refusal("internal", "locked"));
    screen.getByRole("grid").focus();
    await user.keyboard("{Shift>}{End}{/Shift}");
    expect(await screen.findByText("Only 100 tools of 10,000 entries could be picked.")).toBeTruthy();
  });
});
