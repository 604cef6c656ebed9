// Plays without records: an import, and no Discogs account yet.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { callTool, connectMcp } from "../support/mcp-client.ts";
import { runCli, runCliJson } from "../support/run-cli.ts";
import { createSharedDirectory } from "../support/temp-directories.ts";

const home = createSharedDirectory("rewind-home");
const csv = [
  "artist,album,track,played_at",
  // Enough for an album to buy, if it were known what is owned.
  ...Array.from({ length: 12 }, (_, at) => `Radiohead,In Rainbows,Song ${at},2026-01-02T10:${at + 10}:00Z`),
  "Can,Tago Mago,Paperhouse,2026-02-02T10:08:00Z",
].join("\n");
beforeAll(async () => {
  const file = join(home, "plays.csv");
  writeFileSync(file, csv);
  await runCli(["import", file], { home });
});

const notice = "Your records are not known yet. Run: rewind login, then rewind sync\n";

test.each([
  ["recent", "Paperhouse"],
  ["top", "In Rainbows"],
  ["top artists", "Radiohead"],
  ["top tracks", "Song 11"],
  ["recap 2025..", "Radiohead · In Rainbows"],
  ["recap 2025.. --as markdown", "Radiohead · In Rainbows"],
])("rewind %s answers from plays alone, and says nothing about records", async (line, name) => {
  const options = { home, tty: true, columns: 100, env: { NO_COLOR: "1" } };
  const { code, stdout, stderr } = await runCli(line.split(" "), options);
  expect({ code, stderr }).toEqual({ code: 0, stderr: notice });
  expect(stdout).toContain(name);
  expect(stdout).not.toMatch(/own|record|#:|synced/i);
});

test("rewind sources, status and export plays answer too", async () => {
  expect((await runCli(["sources"], { home })).stdout).toContain("Other files  13");
  expect((await runCli(["export", "plays"], { home })).stdout).toContain("Paperhouse");
  expect((await runCli(["now"], { home })).stdout).toContain("Nothing is playing.");
});

test("JSON has the plays, and stderr the notice", async () => {
  const { data } = (await runCliJson(["recent", "--json", "--quiet"], { home })) as { data: unknown[] };
  expect(data).toHaveLength(13);
  expect((await runCli(["recent", "--json"], { home })).stderr).toBe(notice);
});

test("a connected collection needs a sync alone", async () => {
  const { stderr } = await runCli(["recent"], { home, env: { DISCOGS_TOKEN: "a-token-of-discogs" } });
  expect(stderr).toBe("Your records are not known yet. Run: rewind sync\n");
});

/** All other tools are refused. Those of queries need some words. */
const answeringTools = [
  "top",
  "recap",
  "recent_plays",
  "plays_by_month",
  "sources",
  "source_holes",
  "now_playing",
];

test("the tools of rewind mcp answer from plays alone where the commands do", async () => {
  const connection = await connectMcp({ home });
  const { tools } = await connection.client.listTools();
  const outcomes = await Promise.all(
    tools.map(async ({ name, inputSchema: { required = [] } }) => {
      const values = Object.fromEntries(required.map((key) => [key, "1"]));
      return { name, ...(await callTool(connection, name, values)) };
    }),
  );
  await connection.close();
  const refused = outcomes.filter(({ isError }) => isError);
  expect(
    outcomes
      .filter(({ isError }) => !isError)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual([...answeringTools, "sync_status"].toSorted());
  expect(refused.filter(({ text }) => !text.includes("the Discogs collection is not synced yet"))).toEqual(
    [],
  );
  expect(outcomes.find(({ name }) => name === "top")?.text).toContain("In Rainbows");
});

test.each(["xref", "have nude", "gaps", "stats", "explain 1", "dusty", "report --out -"])(
  "rewind %s needs the collection",
  async (line) => {
    const { code } = await runCli(line.split(" "), { home });
    expect(code).toBe(5);
  },
);
