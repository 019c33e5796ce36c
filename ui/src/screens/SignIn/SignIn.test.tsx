import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { refusal } from "../../ipc/fake";
import { show } from "../../test/show";

const keyField = () => screen.findByLabelText<HTMLInputElement>("Personal API key");

describe("signing in with a key", () => {
  it("sends the region, the key and where to keep it, and shows the servers", async () => {
    const { fake, user } = show({ signedIn: false });
    await user.click(await screen.findByRole("radio", { name: "EU cloud" }));
    await user.type(await keyField(), "phx_secret{Enter}");
    expect(await screen.findByRole("heading", { name: "Servers", level: 1 })).toBeTruthy();
    expect(fake.callsOf("sign_in_key")).toMatchObject([{ host: "eu", keep: "keyring" }]);
  });

  it("leaves no key in the page while it is checked", async () => {
    const { fake, user } = show({ signedIn: false });
    const release = fake.hold("sign_in_key");
    await user.type(await keyField(), "phx_secret{Enter}");
    expect(await screen.findByRole("button", { name: /Checking the key/ })).toBeTruthy();
    expect((await keyField()).value).toBe("");
    expect(document.documentElement.outerHTML).not.toContain("phx_secret");
    release();
  });

  it("shows a refused key at its field, with PostHog's words, and puts the focus there", async () => {
    const { user } = show({ signedIn: false });
    const field = await keyField();
    await user.type(field, "wrong{Enter}");
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("PostHog does not accept this key");
    expect(alert.textContent).toContain("PostHog said: Personal API key found but is invalid.");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(field.getAttribute("aria-describedby")).toBe(alert.id);
    expect(document.activeElement).toBe(field);
  });

  it("names the missing scope", async () => {
    const { user } = show({ signedIn: false }, (fake) =>
      fake.fail("sign_in_key", refusal("missing_scope", "project:read", { field: "key" })),
    );
    await user.type(await keyField(), "phx_x{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("project:read");
  });

  it("shows a bad address at the address", async () => {
    const { fake, user } = show({ signedIn: false });
    fake.fail("sign_in_key", refusal("not_posthog", "", { field: "host" }));
    await user.click(await screen.findByRole("radio", { name: "Own host" }));
    const host = screen.getByLabelText("Address of your PostHog");
    await user.type(host, "https://example.com");
    await user.type(await keyField(), "phx_x{Enter}");
    await waitFor(() => expect(host.getAttribute("aria-invalid")).toBe("true"));
    expect(document.activeElement).toBe(host);
    expect((await keyField()).getAttribute("aria-invalid")).toBeNull();
  });

  it("asks for what is missing before anything is sent", async () => {
    const { fake, user } = show({ signedIn: false });
    await user.click(await screen.findByRole("button", { name: "Sign in" }));
    expect((await screen.findByRole("alert")).textContent).toBe("Paste a personal API key.");
    expect(fake.callsOf("sign_in_key")).toEqual([]);
  });

  it("opens the page that makes a key for the chosen host", async () => {
    const { fake, user } = show({ signedIn: false });
    await user.click(await screen.findByRole("radio", { name: "EU cloud" }));
    await user.click(screen.getByRole("button", { name: "Make a key" }));
    await waitFor(() => expect(fake.callsOf("open_key_page")).toEqual([{ host: "eu" }]));
  });

  it("without a keyring, keeps the key for this run only when that is chosen", async () => {
    const { fake, user } = show({ signedIn: false, keyring: "absent" });
    await user.type(await keyField(), "phx_x{Enter}");
    expect(fake.callsOf("sign_in_key")).toEqual([]);
    expect(document.activeElement).toBe(screen.getByLabelText("Keep it for this run only"));
    expect(screen.getByRole("alert").textContent).toBe("Choose this to sign in without a keyring.");
    await user.keyboard(" ");
    expect(screen.queryByRole("alert")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    expect(await screen.findByRole("heading", { name: "Servers", level: 1 })).toBeTruthy();
    expect(fake.callsOf("sign_in_key")).toMatchObject([{ keep: "this_run" }]);
  });

  it("says when the keyring turns out to be locked, and offers this run", async () => {
    const { user } = show({ signedIn: false }, (fake) => fake.fail("sign_in_key", refusal("keyring_locked")));
    await user.type(await keyField(), "phx_x{Enter}");
    expect(await screen.findByLabelText("Keep it for this run only")).toBeTruthy();
    expect(screen.getByRole("alert").textContent).toContain("The keyring did not answer");
  });
});

it("lets choose among several projects", async () => {
  const { fake, user } = show({ signedIn: false });
  await user.type(await keyField(), "phx_choose{Enter}");
  await user.click(await screen.findByRole("button", { name: /Acme staging/ }));
  expect(await screen.findByRole("heading", { name: "Servers", level: 1 })).toBeTruthy();
  expect(fake.active).toEqual({ account: "acc-ana", project: 43 });
});

it("opens the sample project and says that it is the sample", async () => {
  const { user } = show({ signedIn: false });
  await user.click(await screen.findByRole("button", { name: /Explore a sample project/ }));
  expect(await screen.findByText(/everything here is made up/)).toBeTruthy();
});

it("does not offer a browser login before it works", async () => {
  show({ signedIn: false });
  await keyField();
  expect(screen.queryByRole("button", { name: /browser/i })).toBeNull();
});

it("says once that the keyring did not answer", async () => {
  const { user } = show({ signedIn: false, keyring: "locked" }, (core) =>
    core.fail("sign_in_key", refusal("keyring_locked")),
  );
  expect(await screen.findAllByText(/keyring did not answer/)).toHaveLength(1);
  await user.click(screen.getByRole("checkbox", { name: /this run only/ }));
  await user.type(await keyField(), "phx_key{Enter}");
  await screen.findByText(/so a key in it can neither be kept nor read/);
  expect(screen.getAllByText(/keyring did not answer/)).toHaveLength(1);
});
