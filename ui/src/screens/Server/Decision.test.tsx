import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { refusal } from "../../ipc/fake";
import { openTool, show } from "../../test/show";

const radio = (pane: HTMLElement, name: string) => within(pane).getByRole("radio", { name });
const checked = (pane: HTMLElement) =>
  within(pane)
    .getAllByRole("radio")
    .filter((one) => one.getAttribute("aria-checked") === "true")
    .map((one) => one.dataset.decision);

describe("deciding", () => {
  it("sends the fingerprint that was on screen and shows what PostHog answered", async () => {
    const { fake, user } = show();
    const pane = await openTool(user, "srv-linear", "get_issue");
    await within(pane).findByRole("radiogroup", { name: "Decision" });
    expect(checked(pane)).toEqual(["approved"]);
    await user.click(radio(pane, "Block"));
    expect(await within(pane).findByText("PostHog answered: Blocked.")).toBeTruthy();
    expect(checked(pane)).toEqual(["do_not_use"]);
    expect(fake.callsOf("decide")).toEqual([
      { server_id: "srv-linear", tool: "get_issue", decision: "do_not_use", fingerprint: "fp-get_issue-1" },
    ]);
    const line = screen.getByRole("grid").querySelector('[data-tool="get_issue"]');
    await waitFor(() => expect(line?.textContent).toContain("Blocked"));
  });

  it("shows the state of before until PostHog has answered, and takes no second decision meanwhile", async () => {
    const { fake, user } = show();
    const release = fake.hold("decide");
    const pane = await openTool(user, "srv-linear", "get_issue");
    await user.click(await within(pane).findByRole("radio", { name: "Block" }));
    expect(await within(pane).findByText("Telling PostHog: Blocked…")).toBeTruthy();
    expect(checked(pane)).toEqual(["approved"]);
    await user.click(radio(pane, "Ask first"));
    expect(fake.callsOf("decide").length).toBe(1);
    release();
    expect(await within(pane).findByText("PostHog answered: Blocked.")).toBeTruthy();
  });

  it("never decides by arrow keys: they only move", async () => {
    const { fake, user } = show();
    const pane = await openTool(user, "srv-linear", "create_issue");
    (await within(pane).findByRole("radio", { name: "Ask first" })).focus();
    await user.keyboard("{ArrowLeft}");
    expect(document.activeElement).toBe(radio(pane, "Allow"));
    expect(fake.callsOf("decide")).toEqual([]);
    await user.keyboard(" ");
    expect(await within(pane).findByText("PostHog answered: Allowed.")).toBeTruthy();
  });

  it("tells when PostHog keeps another state", async () => {
    const { user } = show({}, (core) => {
      core.answerDecision = (tool) => ({ row: tool.row, outcome: "kept_otherwise", decision: 1 });
    });
    const pane = await openTool(user, "srv-linear", "get_issue");
    await user.click(await within(pane).findByRole("radio", { name: "Block" }));
    expect(await within(pane).findByText(/You asked for “Blocked”. PostHog keeps “Allowed”/)).toBeTruthy();
    expect(checked(pane)).toEqual(["approved"]);
  });

  it("tells when the definition is another one, and shows that one", async () => {
    const { user } = show({}, (core) => {
      core.answerDecision = (tool) => {
        tool.row = { ...tool.row, state: "approved", changed: true, fingerprint: "fp-2" };
        tool.description = "Now it deletes.";
        return { row: tool.row, outcome: "definition_changed", decision: 1 };
      };
    });
    const pane = await openTool(user, "srv-linear", "create_issue");
    await user.click(await within(pane).findByRole("radio", { name: "Allow" }));
    expect(await within(pane).findByText(/is not the one that was on screen/)).toBeTruthy();
    expect(await within(pane).findByText("Now it deletes.")).toBeTruthy();
  });

  it("takes no decision about a definition that arrived while another was being read", async () => {
    const { fake, user } = show();
    const pane = await openTool(user, "srv-linear", "create_issue");
    await within(pane).findByRole("radiogroup", { name: "Decision" });
    const known = fake.servers[2]?.tools.find(({ row }) => row.name === "create_issue");
    if (known) {
      known.row = { ...known.row, fingerprint: "fp-2" };
      known.description = "Now it reads your files.";
    }
    fake.emit({ kind: "tools", server_id: "srv-linear" });
    expect(await within(pane).findByText(/The definition changed while you were looking/)).toBeTruthy();
    await user.click(radio(pane, "Allow"));
    expect(fake.callsOf("decide")).toEqual([]);
    await user.click(within(pane).getByRole("button", { name: "I have read it" }));
    await user.click(radio(pane, "Allow"));
    expect(await within(pane).findByText("PostHog answered: Allowed.")).toBeTruthy();
    expect(fake.callsOf("decide")).toMatchObject([{ fingerprint: "fp-2" }]);
  });

  it("tells a failure and keeps the state", async () => {
    const { user } = show({}, (core) =>
      core.fail("decide", refusal("throttled", "Slow down", { retry_after: 17 })),
    );
    const pane = await openTool(user, "srv-linear", "get_issue");
    await user.click(await within(pane).findByRole("radio", { name: "Block" }));
    expect((await within(pane).findByRole("alert")).textContent).toContain("Try again in 17 s.");
    expect(checked(pane)).toEqual(["approved"]);
  });

  it("accepts a changed definition with the decision it has", async () => {
    const { fake, user } = show();
    const pane = await openTool(user, "srv-linear", "rename_issue");
    await user.click(await within(pane).findByRole("button", { name: "Allow this version" }));
    await waitFor(() =>
      expect(within(pane).queryByRole("button", { name: "Allow this version" })).toBeNull(),
    );
    expect(fake.callsOf("decide")).toMatchObject([
      { decision: "approved", fingerprint: "fp-rename_issue-1" },
    ]);
  });

  it("says in a toast what came of a decision whose pane was closed", async () => {
    const { fake, user } = show();
    const release = fake.hold("decide");
    fake.fail("decide", refusal("offline"));
    const pane = await openTool(user, "srv-linear", "get_issue");
    await user.click(await within(pane).findByRole("radio", { name: "Block" }));
    await user.click(within(pane).getByRole("button", { name: "Close the tool" }));
    release();
    expect((await screen.findAllByText("get_issue: PostHog cannot be reached")).length).toBeGreaterThan(0);
  });
});

describe("what cannot be chosen", () => {
  it.each([
    ["srv-linear", "delete_issue", /Allow is not open to you: your team set a stricter limit/],
    ["srv-linear", "issues/bulk", /PostHog has no address for a tool with this name/],
    ["srv-linear", "triage", /counts it as Blocked, the strictest/],
    ["srv-farm", "get_issue", /belongs to a colleague/],
    ["srv-sentry", "delete_project", /A rule of your team fixes this/],
  ])("%s %s says why", async (server, tool, why) => {
    const { fake, user } = show();
    const pane = await openTool(user, server, tool);
    expect(await within(pane).findByText(why)).toBeTruthy();
    await user.click(radio(pane, "Allow"));
    expect(radio(pane, "Allow").getAttribute("aria-disabled")).toBe("true");
    expect(fake.callsOf("decide")).toEqual([]);
  });

  it("offline, everything is refused with the reason", async () => {
    const { fake, user } = show({ offline: true });
    const pane = await openTool(user, "srv-linear", "get_issue");
    expect(await within(pane).findByText(/You are offline/)).toBeTruthy();
    await user.click(radio(pane, "Block"));
    expect(fake.callsOf("decide")).toEqual([]);
  });
});

describe("what the pane tells", () => {
  it("who decides, what the server says, what it takes, and its history", async () => {
    const { user } = show();
    const pane = await openTool(user, "srv-linear", "rename_issue");
    expect(await within(pane).findByText(/Renames an issue\./)).toBeTruthy();
    expect(pane.textContent).toContain("noticed here 4 Oct · PostHog last saw it today");
    expect(within(pane).getByText("notify")).toBeTruthy();
    expect(within(pane).getAllByText(/required/).length).toBeGreaterThan(1);
    expect(within(pane).getByText("First seen")).toBeTruthy();
    const history = within(pane).getByRole("heading", { name: "History on this machine" }).parentElement;
    expect(history?.textContent).toContain("Decided: Ask first → Allowed · refused");
    expect(history?.textContent).toContain("A team admin set a stricter ceiling for this tool.");
    expect(pane.textContent).toContain("You allowed this on 4 Oct. It is not the same definition any more.");
  });

  it("the schema as it is, when asked", async () => {
    const { user } = show();
    const pane = await openTool(user, "srv-linear", "rename_issue");
    await user.click(await within(pane).findByRole("button", { name: "As JSON" }));
    expect(within(pane).getByRole("region", { name: "Schema as JSON" }).textContent).toContain(
      '"type": "object"',
    );
  });
});
