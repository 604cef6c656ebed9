// 10,000 plays of six scrobblers over a bad network: requests sent twice, connections cut, the server killed at 40 points.
//   npm run --silent build && npx vitest run --config test/stress/vitest.config.ts scrobbles
import { expect, test } from "vitest";
import { checkDelivery } from "../support/delivered-plays.ts";

const hourMs = 3_600_000;
/** Every second play is reported by two clients, so that there are 10,000 reports. */
const plays = 7_050;

test(
  "stores each of 10,000 plays once across 40 kills",
  async () => {
    const { delivered, stored, expected, reports } = await checkDelivery({
      seed: Number(process.env["REWIND_SEED"] ?? 1),
      plays,
      kills: 40,
    });
    console.log(
      `${reports} reports of ${plays} plays: ${delivered.requests} requests, ${delivered.sentTwice} sent twice, ` +
        `${delivered.cut} cut, ${delivered.kills} kills`,
    );
    expect(delivered.kills).toBe(40);
    expect(stored).toEqual(expected);
  },
  hourMs,
);
