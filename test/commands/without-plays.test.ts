// A shelf without plays: every query answers, with no plays, and one line says how to bring some.
import { expect, test } from "vitest";
import { cliWorld } from "../support/cli-world.ts";
import { homeOf, record } from "../support/filled-cache.ts";
import { runCli } from "../support/run-cli.ts";

const home = homeOf({ records: [record({ artist: "Can", title: "Tago Mago" })], lastfmUser: null });

const notice =
  "No plays are known yet. To bring some: rewind login (ListenBrainz, Last.fm) or rewind import FILE\n";

test.each([
  "have tago mago",
  "xref",
  "xref --json",
  "pick",
  "stats",
  "stats --by genre",
  "top",
  "top artists",
  "recap",
  "recent",
  "dusty",
  "gaps",
  "dupes",
  "cull",
  "explain 1",
  "sql SELECT*FROM/**/scrobbles",
  "played 1 --json",
  "report --out -",
])("rewind %s answers without plays and says how to bring some", async (line) => {
  const { code, stdout, stderr } = await runCli(line.split(" "), { home });
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(notice) as unknown });
  expect(stdout).not.toMatch(/Last\.fm|ListenBrainz|history/);
});

test("a sync without plays says how to bring some, and names no list of plays", async () => {
  const { rewind } = await cliWorld();
  const { code, stderr } = await rewind(["sync"], { env: { LASTFM_API_KEY: "", LASTFM_USERNAME: "" } });
  expect(code).toBe(0);
  expect(stderr).toContain(notice);
  expect(stderr).not.toContain("Next:");
});

test("--quiet leaves the line out", async () => {
  expect(await runCli(["xref", "--quiet"], { home })).toMatchObject({ code: 0, stderr: "" });
});

test.each(["status", "rewind"])("%s speaks of no service that is not connected", async (command) => {
  const { code, stdout, stderr } = await runCli(command === "rewind" ? [] : [command], { home, tty: true });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).not.toMatch(/Last\.fm|history|albums|not known/);
});
