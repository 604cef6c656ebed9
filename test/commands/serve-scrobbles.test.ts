// Plays that six scrobblers send to the built server over a bad network, while it is killed. test/stress/scrobbles.trial.ts
// does the same with 10,000.
import { expect, test } from "vitest";
import { checkDelivery } from "../support/delivered-plays.ts";
import { sampleItems } from "../support/sampling.ts";

const [seed = 1] = sampleItems("scrobbles", [1, 2, 3, 4, 5, 6, 7, 8], 1, 1);

test("stores each play once that was answered with ok, and none twice, across cuts and kills", async () => {
  const { delivered, stored, expected } = await checkDelivery({ seed, plays: 150, kills: 2 });
  expect(delivered.kills).toBe(2);
  expect(stored).toEqual(expected);
});
