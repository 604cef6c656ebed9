// Commands that need the listening history fail without it; those that need a cache fail before the first sync.
import { expect, test } from "vitest";
import { createSharedHome, buildRecord, buildAlbumPlays } from "../support/filled-cache.ts";
import { requireError, runCli } from "../support/run-cli.ts";

const home = createSharedHome({
  records: [buildRecord({ artist: "Can", title: "Tago Mago" })],
  plays: buildAlbumPlays("Can", "Tago Mago", { from: "2025-02-01T20:00:00Z" }),
  history: false,
});

test.each([
  "dusty",
  "gaps --during 1y",
  "recap",
  "recent",
  "stats --during 1y",
  "stats --by genre --over year",
  "top artists",
  "top tracks",
  "top --during 2025",
  "top --sort spins",
])("rewind %s needs the history", async (line) => {
  expect(await runCli(line.split(" "), { home })).toMatchObject({ code: 5, stdout: "" });
});

test.each([
  "xref",
  "xref --json",
  "stats",
  "stats --json",
  "have blue",
  "sql SELECT",
  "gaps",
  "recap",
  "pick",
])("before the first sync rewind %s says what to run", async (line) => {
  const stderr = requireError(await runCli(line.split(" ")), 5);
  expect(stderr).toMatch(
    /^rewind: nothing is synced yet \(looked in .*rewind\.db\)\nRun: rewind login, then rewind sync/,
  );
});
