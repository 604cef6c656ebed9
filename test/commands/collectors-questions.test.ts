// What a collector asks, each in one command that has an answer.
import { expect, test } from "vitest";
import { noon, runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";

test.each([
  ["what tonight", "pick --seed 1", /\S/],
  ["jazz of the seventies, never played", "xref --genre Jazz --year 1970s --never", /Agharta/],
  ["last month on my vinyl", "xref --format Vinyl --during last-month --filter listened", / LP /],
  ["bought this year and never played", "xref --added this-year --never", /The Party's Over/],
  ["do I own it", "xref kind of blue", /Kind Of Blue/],
  ["do I own it, in the shop", "have kind of bleu", /YES, 2 copies/],
  ["own most and play least", "stats --by artist --sort never", /0\.0%/],
  ["what to sell", "cull", /never|copy of/],
  ["most in 2023, of what I own", "xref --during 2023 --filter listened", /\S/],
  ["wanted and played", "gaps --wanted", /Voodoo/],
  ["genres in a year", "stats --by genre --during 2025", /Jazz/],
  ["duplicates", "dupes", /Nevermind ×2/],
])("%s: rewind %s", async (_, line, answer) => {
  const { code, stdout, stderr } = await runCli(line.split(" "), { home: await sampleHome(), now: noon });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(answer);
});
