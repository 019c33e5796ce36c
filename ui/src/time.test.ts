import { describe, expect, it } from "vitest";
import { ago, day, dayWord, left } from "./time";

const now = new Date(2026, 10, 23, 15, 0).getTime();
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString();

describe("an age", () => {
  it.each([
    [at(2026, 10, 23, 15, 0), "just now"],
    [at(2026, 10, 23, 14, 56), "4 min ago"],
    [at(2026, 10, 23, 1, 0), "14 h ago"],
    [at(2026, 10, 22, 1, 0), "yesterday"],
    [at(2026, 9, 3, 9, 0), "3 Oct"],
    [at(2025, 9, 3, 9, 0), "3 Oct 2025"],
  ])("%s", (iso, words) => expect(ago(iso, now)).toBe(words));

  it("of a time ahead of this clock is now, not negative", () => {
    expect(ago(at(2026, 10, 23, 15, 3), now)).toBe("just now");
  });

  it("of something that is not a time is shown as it came", () => {
    expect(ago("soon", now)).toBe("soon");
    expect(day("soon", now)).toBe("soon");
    expect(dayWord("soon", now)).toBe("soon");
  });
});

it("counts down to zero and not below", () => {
  expect(left(now + 552_000, now)).toBe("9:12");
  expect(left(now + 1_000, now)).toBe("0:01");
  expect(left(now - 5_000, now)).toBe("0:00");
});

it("says the same time left wherever within a second it is looked at", () => {
  const deadline = now + 600_300;
  expect([300, 650, 999].map((ms) => left(deadline, now + ms))).toEqual(["10:00", "10:00", "10:00"]);
});
