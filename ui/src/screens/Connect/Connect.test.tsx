import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type Fake, refusal } from "../../ipc/fake";
import { card, show } from "../../test/show";

const owned = (core: Fake) => {
  core.scheme = { owner: "hedgerow", other: "", declined: false };
};

async function connectNotion(prepare: (core: Fake) => void = owned) {
  const shown = show({}, prepare);
  await shown.user.click(
    within(await card(shown.user, "Notion")).getByRole("button", { name: "Connect Notion" }),
  );
  return shown;
}

const dialog = () => screen.findByRole("dialog", { name: "Connect Notion" });

describe("before the first login in the browser", () => {
  it("asks whether Hedgerow may open the links, names their owner, and goes on after yes", async () => {
    const { fake, user } = await connectNotion(() => {});
    const question = await screen.findByRole("dialog", { name: "May Hedgerow open PostHog’s links?" });
    expect(question.textContent).toContain("They are now opened by PostHog Code.");
    expect(fake.callsOf("connect_template")).toEqual([]);
    await user.click(within(question).getByRole("button", { name: "Let Hedgerow open them" }));
    expect(await dialog()).toBeTruthy();
    expect(fake.scheme.owner).toBe("hedgerow");
  });

  it("goes on after no as well", async () => {
    const { fake, user } = await connectNotion(() => {});
    await user.click(await screen.findByRole("button", { name: "Leave it as it is" }));
    expect(await dialog()).toBeTruthy();
    expect(fake.scheme).toMatchObject({ owner: "other", declined: true });
  });

  it("connects nothing when the question is closed", async () => {
    const { fake, user } = await connectNotion(() => {});
    await screen.findByRole("dialog");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(fake.callsOf("connect_template")).toEqual([]);
  });

  it.each([
    ["the links are its own", owned],
    [
      "it was declined before",
      (core: Fake) => void Object.assign(core.scheme, { owner: "nobody", declined: true }),
    ],
  ])("does not ask when %s", async (_why, prepare) => {
    await connectNotion(prepare);
    expect(await dialog()).toBeTruthy();
  });
});

describe("a flow", () => {
  it("says where it stands, how long there is, whose page opened and who to be", async () => {
    await connectNotion();
    const shown = await dialog();
    expect(shown.dataset.flowStep).toBe("waiting");
    expect(within(shown).getByText("9:12 left")).toBeTruthy();
    expect(within(shown).getByText("auth.notion.com")).toBeTruthy();
    expect(within(shown).getByText("ana@acme.example")).toBeTruthy();
    expect(shown.querySelector('[aria-current="step"]')?.textContent).toContain(
      "Waiting for you in the browser",
    );
  });

  it.each([
    ["Open again", "open_flow_again"],
    ["Copy link", "copy_flow_link"],
    ["Cancel", "cancel_flow"],
  ] as const)("%s does what it says", async (name, command) => {
    const { fake, user } = await connectNotion();
    await user.click(within(await dialog()).getByRole("button", { name }));
    await waitFor(() => expect(fake.callsOf(command)).toEqual([{ flow: "flow-1" }]));
  });

  it("ends connected after I have finished, and leads to the server", async () => {
    const { user } = await connectNotion();
    await user.click(within(await dialog()).getByRole("button", { name: "I have finished" }));
    expect(await screen.findByText("PostHog found 12 tools there.")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Open server" }));
    expect(await screen.findByRole("heading", { name: "Notion", level: 1 })).toBeTruthy();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("says that PostHog has seen nothing yet", async () => {
    const { fake } = await connectNotion();
    await dialog();
    fake.moveFlow("flow-1", { not_yet: true });
    expect(await screen.findByText(/PostHog has not seen a finished login yet/)).toBeTruthy();
  });

  it("says that no browser opened", async () => {
    const { fake } = await connectNotion();
    await dialog();
    fake.moveFlow("flow-1", { browser_failed: true });
    expect(await screen.findByText(/No browser opened. Copy the link/)).toBeTruthy();
  });

  it.each([
    ["denied", { step: "failed", problem: refusal("denied", "access_denied") }, /The login was denied/],
    [
      "failed exchange",
      { step: "failed", problem: refusal("exchange_failed") },
      /The login could not be completed/,
    ],
    [
      "provider error",
      { step: "failed", problem: refusal("provider_error", "server_error") },
      /The login page said: server_error/,
    ],
    ["expired", { step: "expired" }, /The time is over/],
    ["cancelled", { step: "cancelled" }, /Stopped waiting/],
  ] as const)("%s has its words and can be tried again", async (_name, change, words) => {
    const { fake, user } = await connectNotion();
    await dialog();
    fake.moveFlow("flow-1", change);
    expect(await screen.findByText(words)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(async () => expect((await dialog()).dataset.flowStep).toBe("waiting"));
    expect(fake.callsOf("connect_template").length).toBe(2);
    await waitFor(() => expect(fake.callsOf("dismiss_flow")).toEqual([{ flow: "flow-1" }]));
  });

  it("goes on when its dialog is closed, as a chip, and says how it ended", async () => {
    const { fake, user } = await connectNotion();
    await dialog();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(fake.callsOf("cancel_flow")).toEqual([]);
    expect(screen.getByRole("button", { name: /Connecting Notion.*9:12/ })).toBeTruthy();
    fake.finishFlow("flow-1");
    expect((await screen.findAllByText("Notion is connected")).length).toBeGreaterThan(0);
    expect(await screen.findByRole("button", { name: "Open server" })).toBeTruthy();
  });

  it("runs beside another one", async () => {
    const { user } = await connectNotion();
    await dialog();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.click(within(await card(user, "Stripe")).getByRole("button", { name: "Connect Stripe" }));
    await screen.findByRole("dialog", { name: "Connect Stripe" });
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const chips = within(screen.getByRole("list", { name: "Connections under way" })).getAllByRole("button");
    expect(chips.map((chip) => chip.textContent)).toEqual(["Connecting Stripe9:12", "Connecting Notion9:12"]);
    await user.click(chips[1] as HTMLElement);
    expect(await dialog()).toBeTruthy();
  });

  it("that could not begin says why, and can be tried again", async () => {
    const { fake, user } = await connectNotion((core) => {
      owned(core);
      core.fail("connect_template", refusal("budget", "", { retry_after: 30 }));
    });
    const failed = await dialog();
    expect(failed.textContent).toContain("Try again in 30 s.");
    fake.fail("connect_template", null);
    await user.click(within(failed).getByRole("button", { name: "Try again" }));
    await waitFor(async () => expect((await dialog()).dataset.flowStep).toBe("waiting"));
  });
});

it("a flow of another project leads nowhere here, and says so", async () => {
  const { fake } = await connectNotion();
  await dialog();
  fake.moveFlow("flow-1", { step: "connected", server_id: "srv-linear", tools_found: 3, project: 43 });
  expect(await screen.findByText(/It belongs to another project/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Open server" })).toBeNull();
});

it("a failed flow of a key entry, begun before this page, asks for the key again", async () => {
  const { fake, user } = show();
  await card(user, "Notion");
  const flow = await fake.call("connect_template", { template_id: "tpl-browserbase", api_key: "bb-key" });
  fake.moveFlow(flow.id, { step: "failed" });
  await user.click(
    await screen.findByRole("button", {
      name: /Browserbase is not connected|Connecting Browserbase|Browserbase is connected/,
    }),
  );
  fake.moveFlow(flow.id, { step: "failed" });
  await user.click(await screen.findByRole("button", { name: "Try again" }));
  expect(await screen.findByLabelText("API key from Browserbase")).toBeTruthy();
});
