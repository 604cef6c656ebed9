import { expect, test } from "vitest";
import type { ExplanationDocument } from "../../src/queries/documents/match-documents.ts";
import { withHomeCache } from "../support/filled-cache.ts";
import { lockSync } from "../../src/store/file/file-lock.ts";
import { createCommandRunner } from "../support/command-runner.ts";
import { requireError, runCli } from "../support/run-cli.ts";
import { allMatchCases, nowUts, createSmallCollection } from "../support/small-collection.ts";

const defaultOptions = { now: nowUts * 1000 + 7_200_000, env: { TZ: "UTC" } };

async function createLinkRunner() {
  const shelf = await createSmallCollection(allMatchCases);
  const readExplanation = (record: string): Promise<ExplanationDocument> =>
    createCommandRunner<ExplanationDocument>("explain", shelf.home, defaultOptions).json(record);
  return {
    ...shelf,
    explained: readExplanation,
    /** The verdict, who decided, and the ids of the credited albums. */
    verdict: async (record: string) => {
      const { decision, credited } = await readExplanation(record);
      return [decision.match_type, decision.decided_by, ...credited.map(({ id }) => id)].join(" ");
    },
    /** The output of a line that has to succeed. */
    done: async (line: string) => {
      const result = await runCli(line.split(" "), { home: shelf.home, ...defaultOptions });
      expect({ line, ...result }).toMatchObject({ line, code: 0, stderr: "" });
      return result.stdout;
    },
  };
}

test("--not removes an album, --add adds one, and --clear goes back to the matcher", async () => {
  const { verdict, done, home } = await createLinkRunner();
  expect(await verdict("1")).toBe("exact matcher 1 4 14");
  const words = ["link", "1", "--not", "a14", "--add", "smells like teen spirit"];
  expect((await runCli(words, { home, ...defaultOptions })).stdout).toBe(
    `#1 Nirvana · Nevermind: 299 plays of 3 albums: a1 Nevermind (214), a4 Nevermind (Remastered) (71),
a15 Smells Like Teen Spirit - Single (14).
Applies to all copies of r6872464. Undo: rewind link 1 --clear
Other pressings keep their matches: rewind link 2 …
`,
  );
  expect(await verdict("1")).toBe("exact user 1 4 15");
  expect(await verdict("2")).toBe("exact matcher 1 4 14");
  await done("link 1 --clear");
  expect(await verdict("1")).toBe("exact matcher 1 4 14");
});

test("matches several albums with a box and shows the link as the user's", async () => {
  const { done } = await createLinkRunner();
  await done("link 4 --add a3,a6");
  expect(await done("xref five years")).toMatch(/201.* you\n$/);
});

test("a decision applies to all copies, --this-copy to one, and the copy's own decision wins", async () => {
  const { verdict, explained, done } = await createLinkRunner();
  await done("link 10 --none");
  expect((await explained("11")).decision).toMatchObject({ match_confidence: 0, rule: "user" });
  expect(await verdict("11")).toBe("none user");
  await done("link 11 --only a10 --this-copy");
  expect((await explained("11")).decision).toMatchObject({ match_confidence: 1, rule: "user" });
  expect(await verdict("11")).toBe("exact user 10");
  expect(await verdict("10")).toBe("none user");
  expect(await done("explain 11")).toContain("Undo your decision: rewind link 11 --clear --this-copy");
  await done("link 11 --clear");
  for (const copy of ["10", "11"]) expect(await verdict(copy)).toMatch(/ matcher /);
});

test("links every pressing for words, and each record for a list of numbers", async () => {
  const { verdict, done } = await createLinkRunner();
  await done("link nevermind --only a1");
  for (const pressing of ["1", "2"]) expect(await verdict(pressing)).toBe("exact user 1");
  await done("link 1,2 --clear");
  expect(await verdict("2")).toBe("exact matcher 1 4 14");
});

test("a decision survives a full sync, a removed release and a removed album", async () => {
  const { verdict, explained, done, resync } = await createLinkRunner();
  await done("link 6 --add a7");
  await resync(allMatchCases);
  expect(await verdict("6")).toBe("exact user 7");
  await resync({ ...allMatchCases, albums: allMatchCases.albums.filter(({ plays }) => plays !== 58) });
  const told = await done("explain 6");
  expect(told).toContain("NO MATCH");
  expect(told).toContain(
    "Not in your plays now: Godspeed You! Black Emperor · Lift Your Skinny Fists Like Antennas",
  );
  expect(await done("links")).toContain("(not in your plays now)");
  await resync({
    ...allMatchCases,
    records: allMatchCases.records.filter(({ release }) => release !== 3001),
  });
  expect(await done("links")).toContain("r3001");
  await resync(allMatchCases);
  expect(await explained("r3001")).toMatchObject({
    decision: { decided_by: "user" },
    credited: [{ album_name: "Lift Your Skinny Fists Like Antennas", rule: "user" }],
  });
});

test("during a sync a decision is saved, and applied by the next reading command", async () => {
  const { home, path, verdict } = await createLinkRunner();
  const lock = lockSync(path);
  const { code, stdout } = await runCli(["link", "9", "--add", "a16"], { home, ...defaultOptions });
  expect(code).toBe(0);
  expect(stdout.replaceAll("\n", " ")).toContain("A sync is running: this takes effect when it ends.");
  expect(await verdict("9")).not.toContain("16");
  lock.release();
  expect(await verdict("9")).toBe("exact user 16");
});

test("--json prints the explanation as it is now", async () => {
  const { done, explained } = await createLinkRunner();
  expect(JSON.parse(await done("link 6 --add a7 --json"))).toEqual(await explained("6"));
});

test.each([
  ["", "no record given"],
  ["3", "no decision given"],
  ["3 --only a1 --add a2", "--only and --add contradict each other"],
  ["3 --none --clear", "--clear and --none contradict each other"],
  ["3 --add a99", "no album a99 in your plays"],
  ["blu --none", '"blu" is ambiguous: 3 albums on the shelf fit'],
  ["nevermind --none --this-copy", "several copies fit: #2, #1"],
])("rewind link %s is refused", async (line, message) => {
  const { home } = await createLinkRunner();
  const stderr = requireError(
    await runCli(["link", ...line.split(" ").filter(Boolean)], {
      home,
      ...defaultOptions,
    }),
    2,
  );
  expect(stderr).toContain(message);
  expect(withHomeCache(home, (cache) => cache.prepare("SELECT count(*) FROM decision").pluck().get())).toBe(
    0,
  );
});
