import { expect, test } from "vitest";
import { createCommandRunner, createFilledHome } from "../support/command-runner.ts";
import { buildAlbumPlays, buildRecord, buildWant } from "../support/filled-cache.ts";
import { runCli, type CliResult } from "../support/run-cli.ts";
import { allMatchCases, createSmallCollection } from "../support/small-collection.ts";

async function createAliasRunner(): Promise<(...argv: string[]) => Promise<CliResult>> {
  const { home } = await createSmallCollection(allMatchCases);
  return (...argv) => runCli(argv, { home });
}

test("an alias matches records and albums of two names until it is removed", async () => {
  const run = await createAliasRunner();
  expect((await run("xref", "roforofo")).stdout).toMatch(/ 0 .*none\n$/);
  const added = await run("alias", "Olufela Anikulapo", "Fela Kuti");
  expect(added).toMatchObject({ code: 0, stderr: "" });
  expect(added.stdout).toBe(
    'Olufela Anikulapo is the same as Fela Kuti: 2 records rematched. Undo: rewind alias remove "Olufela Anikulapo"\n',
  );
  expect((await run("xref", "roforofo")).stdout).toMatch(/ 7 /);
  expect((await run("alias")).stdout).toBe("Olufela Anikulapo = Fela Kuti\n");
  // The matcher folds both names to the same key.
  expect(await run("alias", "remove", "OLUFELA-ANIKULAPO")).toMatchObject({ code: 0 });
  expect((await run("xref", "roforofo")).stdout).toMatch(/ 0 .*none\n$/);
});

test("an alias without effect, or of an unknown name, is refused", async () => {
  const run = await createAliasRunner();
  await run("alias", "Low", "Gong");
  await run("alias", "Gong", "Nirvana");
  for (const [argv, message] of [
    [
      ["Nirvana", "Low"],
      '"Nirvana" and "Low" are already the same artist\nTo see your aliases: rewind alias list',
    ],
    [
      ["The Low", "low"],
      '"The Low" and "low" are already the same artist\nOnly the spelling differs, so no alias is needed.',
    ],
    [["Low", "Low"], 'both names are of the same artist, "Low"\nNo alias is needed.'],
    [["Various", "Low"], "is a placeholder, not an artist"],
    [["Alone"], "an alias takes two names"],
    ...["Nobody", "Various", "V/A", "Unknown Artist", "the", ""].map(
      (name) => [["remove", name], `no alias "${name}"`] as const,
    ),
    [["Fela Kuti", "Fella Kuti"], 'no record or album is by "Fella Kuti"\nDid you mean "Fela Kuti"?\n'],
  ] as const) {
    const { code, stderr } = await run("alias", ...argv);
    expect({ argv, code }).toEqual({ argv, code: 2 });
    expect(stderr).toContain(message);
  }
  expect((await run("alias")).stdout).not.toContain("Fella Kuti");
});

test("lists and reports aliases as JSON", async () => {
  const { json } = createCommandRunner("alias", (await createSmallCollection(allMatchCases)).home);
  const pair = { name: "Olufela Anikulapo", same_as: "Fela Kuti" };
  const added = { added: [pair], removed: [], reopened: [], records_changed: 2 };
  expect(await json("add", pair.name, pair.same_as)).toEqual(added);
  expect(await json("list")).toEqual({ aliases: [pair] });
  expect(await json("remove", pair.name)).toEqual({
    added: [],
    removed: [pair],
    reopened: [],
    records_changed: 2,
  });
});

test("wants, gaps and top artists treat both names as one artist, until the alias is removed", async () => {
  const home = await createFilledHome({
    records: [buildRecord({ artist: "Lee Perry", title: "Super Ape" })],
    wants: [buildWant({ artist: "Lee Perry", title: "Arkology" })],
    plays: [
      ...buildAlbumPlays('Lee "Scratch" Perry', "Arkology", { from: "2025-03-10T20:00:00Z", tracks: 12 }),
      ...buildAlbumPlays("Lee Perry", "Super Ape", { from: "2025-04-10T20:00:00Z", tracks: 5 }),
    ],
  });
  const ask = async (...argv: string[]): Promise<unknown> => {
    const { data } = JSON.parse((await runCli([...argv, "--json"], { home })).stdout) as { data: unknown[] };
    return data;
  };
  const readAnswers = async (): Promise<unknown[]> =>
    Promise.all([ask("wants"), ask("gaps"), ask("top", "artists")]);
  const before = await readAnswers();
  expect(before).toMatchObject([
    [{ play_count: 0 }],
    [{ wanted: false, owned_by_artist: 0 }],
    [
      { play_count: 12, owned_records: 0 },
      { play_count: 5, owned_records: 1 },
    ],
  ]);
  await runCli(["alias", 'Lee "Scratch" Perry', "Lee Perry"], { home });
  expect(await readAnswers()).toMatchObject([
    [{ play_count: 12 }],
    [{ wanted: true, owned_by_artist: 1 }],
    [{ play_count: 17, owned_records: 1 }],
  ]);
  await runCli(["alias", "remove", 'Lee "Scratch" Perry'], { home });
  expect(await readAnswers()).toEqual(before);
});
