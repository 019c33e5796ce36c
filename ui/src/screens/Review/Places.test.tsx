import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { entryLine, marked, openReview, openServer, openTool, show } from "../../test/show";

const change = () => screen.findByRole("region", { name: "The change" });
const heading = async (name: string) => within(await change()).findByRole("heading", { name, level: 2 });

describe("a place in Review", () => {
  it("is reached from a changed tool, and the marker is on it", async () => {
    const { user } = show();
    await openTool(user, "srv-linear", "rename_issue");
    await user.click(await screen.findByRole("button", { name: "See the change" }));
    await heading("rename_issue");
    await waitFor(() => expect(marked()?.dataset.entry).toBe("rename_issue"));
  });

  it("is no line at all for a tool that does not wait, until somebody moves", async () => {
    const { fake, user } = show();
    await user.click(await screen.findByRole("button", { name: "Activity" }));
    await user.click(await screen.findByRole("button", { name: "search_issue" }));
    await heading("search_issue");
    expect((await change()).textContent).toContain("Nothing about this tool waits for you.");
    expect((await change()).textContent).not.toContain("not the definition of before");
    expect(screen.queryByRole("button", { name: "Later" })).toBeNull();
    await entryLine("rename_issue");
    await waitFor(() => expect(fake.callsOf("list_review").length).toBeGreaterThan(0));
    const grid = screen.getByRole("grid");
    expect(grid.getAttribute("aria-activedescendant")).toBeNull();
    grid.focus();
    await user.keyboard(" ");
    expect(grid.querySelector('[aria-selected="true"]')).toBeNull();
    await user.keyboard("j");
    await heading("rename_issue");
    expect(marked()?.dataset.entry).toBe("rename_issue");
  });

  it("far below the first page is found, and the marker is on it", async () => {
    const at = 1_234;
    const { fake, user } = show({ servers: "huge" }, (core) => {
      const deep = core.servers[0]?.tools[at];
      if (deep) deep.row = { ...deep.row, changed: true };
    });
    const { name = "", label = "" } = fake.servers[0]?.tools[at]?.row ?? {};
    await openServer(user, "srv-huge");
    await user.type(await screen.findByRole("textbox", { name: /Search/ }), name);
    const line = await waitFor(() => {
      const found = document.querySelector<HTMLElement>(`[data-tool="${name}"]`);
      if (!found) throw new Error(`no line for ${name}`);
      return found;
    });
    await user.click(line);
    await user.click(await screen.findByRole("button", { name: "See the change" }));
    await heading(label);
    await waitFor(() => expect(marked()?.dataset.entry).toBe(name));
    screen.getByRole("grid").focus();
    await user.keyboard("{ArrowDown}");
    await heading(fake.servers[0]?.tools[at + 1]?.row.label ?? "");
  });

  it("of a server is its first entry, and the number on its page leads there", async () => {
    const { user } = show({}, (core) => {
      const sentry = core.servers.find(({ row }) => row.id === "srv-sentry");
      if (sentry) sentry.row.counts = { ...sentry.row.counts, to_review: 2, changed: 7 };
    });
    await openServer(user, "srv-sentry");
    const facts = (await screen.findByText("to review")).closest("dl");
    expect(facts?.textContent).toContain("to review2");
    expect(facts?.textContent).not.toContain("changed");
    await user.click(screen.getByRole("button", { name: "2 to review: see them in Review" }));
    await heading("get_trace");
    await waitFor(() => expect(marked()?.dataset.entry).toBe("get_trace"));
  });

  it("is no number on the page of a server of which nothing waits", async () => {
    const { user } = show();
    await openServer(user, "srv-warehouse");
    expect(await screen.findByText("tokens when listed (estimate)")).toBeTruthy();
    expect(screen.queryByText("to review")).toBeNull();
  });
});

describe("findings", () => {
  const kinds = () =>
    [...document.querySelectorAll<HTMLElement>("[data-finding]")].map(({ dataset }) => dataset.finding);

  it("that warn come first, and what is common stands below them", async () => {
    const { user } = show({}, (core) => {
      const [first] = core.desk.entries;
      first?.findings.reverse();
    });
    await openReview(user);
    await heading("rename_issue");
    await waitFor(() => expect(kinds()).toEqual(["warning", "warning", "warning", "note"]));
    const also = screen.getByRole("heading", { name: "Also there:" });
    const note = document.querySelector('[data-finding="note"]');
    expect(note && also.compareDocumentPosition(note)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(screen.getByText("Finding nothing would not make it safe.")).toBeTruthy();
  });

  it("that are all common are no warning, and no promise either", async () => {
    const { user } = show({}, (core) => {
      for (const one of core.desk.entries) one.findings = one.findings.filter(({ note }) => note);
    });
    await openReview(user);
    await entryLine("rename_issue");
    await waitFor(() => expect(kinds()).toEqual(["note"]));
    expect(screen.getByText(/nothing here that stands out. That does not make it safe/)).toBeTruthy();
  });
});
