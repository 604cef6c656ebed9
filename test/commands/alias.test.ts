import { expect, test } from "vitest";
import { runCli, runCliJson, type CliResult } from "../support/run-cli.ts";
import { everyCase, nowUts, smallShelf } from "../support/small-shelf.ts";

const now = nowUts * 1000 + 7_200_000;

async function aliaser(): Promise<(...argv: string[]) => Promise<CliResult>> {
  const { home } = await smallShelf(everyCase);
  return (...argv) => runCli(argv, { home, now });
}

test("an alias matches records and albums of two names until it is removed", async () => {
  const run = await aliaser();
  expect((await run("xref", "roforofo")).stdout).toMatch(/ 0 .*none\n$/);
  const added = await run("alias", "Fela Ransome Kuti", "Fela Kuti");
  expect(added).toMatchObject({ code: 0, stderr: "" });
  expect(added.stdout).toBe(
    'Fela Ransome Kuti is the same as Fela Kuti: 2 records rematched. Undo: rewind alias remove "Fela Ransome Kuti"\n',
  );
  expect((await run("xref", "roforofo")).stdout).toMatch(/ 7 /);
  expect((await run("alias")).stdout).toBe("Fela Ransome Kuti = Fela Kuti\n");
  // The matcher folds both names to the same key.
  expect(await run("alias", "remove", "FELA RANSOME-KUTI")).toMatchObject({ code: 0 });
  expect((await run("xref", "roforofo")).stdout).toMatch(/ 0 .*none\n$/);
});

test("an alias without effect is refused", async () => {
  const run = await aliaser();
  await run("alias", "Low", "Gong");
  await run("alias", "Gong", "Nirvana");
  expect((await run("alias", "Nirvana", "Low")).stderr).toContain("already the same artist");
  expect((await run("alias", "The Low", "low")).stderr).toContain("already the same artist");
  expect((await run("alias", "Various", "Low")).stderr).toContain("is a placeholder, not an artist");
  expect((await run("alias", "Alone")).stderr).toContain("an alias takes two names");
  expect((await run("alias", "remove", "Nobody")).stderr).toContain('no alias "Nobody"');
});

test("an unknown name is refused with the nearest known one", async () => {
  const run = await aliaser();
  const { code, stderr } = await run("alias", "Fela Ransome Kuti", "Fella Kuti");
  expect(code).toBe(2);
  expect(stderr).toBe('rewind: no record or album is by "Fella Kuti"\nDid you mean "Fela Kuti"?\n');
  expect((await run("alias")).stdout).not.toContain("Fella Kuti");
});

test("JSON", async () => {
  const { home } = await smallShelf(everyCase);
  const pair = { name: "Fela Ransome Kuti", same_as: "Fela Kuti" };
  expect(await runCliJson(["alias", "add", pair.name, pair.same_as, "--json"], { home, now })).toEqual({
    added: [pair],
    removed: [],
    records_changed: 2,
  });
  expect(await runCliJson(["alias", "list", "--json"], { home, now })).toEqual({ aliases: [pair] });
  expect(await runCliJson(["alias", "remove", pair.name, "--json"], { home, now })).toEqual({
    added: [],
    removed: [pair],
    records_changed: 2,
  });
});
