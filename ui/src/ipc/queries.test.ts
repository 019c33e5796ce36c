import { QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { newQueryClient, readAgain } from "./queries";

test("an event that comes during the first read is not lost", async () => {
  const client = newQueryClient();
  const answers: ((facts: string) => void)[] = [];
  const observer = new QueryObserver(client, {
    queryKey: ["catalog"],
    queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
  });
  const seen = new Promise<string>((resolve) => {
    observer.subscribe(({ data }) => data !== undefined && resolve(data));
  });

  const again = readAgain(client, ["catalog"]);
  await expect.poll(() => answers.length).toBe(2);
  answers[0]?.("from before the event");
  answers[1]?.("from after it");
  await again;

  expect(await seen).toBe("from after it");
  expect(client.getQueryData(["catalog"])).toBe("from after it");
});
