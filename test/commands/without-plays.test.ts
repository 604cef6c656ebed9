// A shelf without plays: every query answers, with no plays, and one line says how to bring some.
import { expect, test } from "vitest";
import { createCliFixture } from "../support/cli-fixture.ts";
import { createSharedHome, buildRecord } from "../support/filled-cache.ts";
import { runCli } from "../support/run-cli.ts";

const home = createSharedHome({
  records: [buildRecord({ artist: "Can", title: "Tago Mago" })],
  lastfmUser: null,
});

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
  "report --out -",
])("rewind %s answers without plays and says how to bring some", async (line) => {
  const { code, stdout, stderr } = await runCli(line.split(" "), { home });
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(notice) as unknown });
  expect(stdout).not.toMatch(/Last\.fm|ListenBrainz|history/);
});

test("a user who set a listening service need not log in again", async () => {
  const env = { LASTFM_API_KEY: "0123456789abcdef0123456789abcdef", LASTFM_USERNAME: "NightOwl" };
  const sayings = await Promise.all([["xref"], []].map((argv) => runCli(argv, { home, env, tty: true })));
  expect(sayings[0]?.stderr).toBe(
    "No plays are known yet. To ask your listening service for them: rewind sync\n",
  );
  expect(sayings[1]?.stdout).toContain("none are known yet; your listening service has them");
});

test("prints no notice about plays for a command that acts", async () => {
  const argv = ["played", "1", "--dry-run"];
  expect(await runCli(argv, { home })).toMatchObject({ code: 0, stderr: "" });
});

test("a sync without plays says how to bring some, and names no list of plays", async () => {
  const { rewind } = await createCliFixture();
  const { code, stderr } = await rewind(["sync"], { env: { LASTFM_API_KEY: "", LASTFM_USERNAME: "" } });
  expect(code).toBe(0);
  expect(stderr).toContain(notice);
  expect(stderr).not.toContain("Next:");
});

test("recent names no time without plays", async () => {
  expect((await runCli(["recent"], { home, tty: true })).stdout).toBe("No plays yet.\n");
});

test("--quiet leaves the line out", async () => {
  expect(await runCli(["xref", "--quiet"], { home })).toMatchObject({ code: 0, stderr: "" });
});

test.each(["status", "rewind"])("%s mentions only connected services", async (command) => {
  const { code, stdout, stderr } = await runCli(command === "rewind" ? [] : [command], { home, tty: true });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).not.toMatch(/Last\.fm|history|albums|not known/);
});
