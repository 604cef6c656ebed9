import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { RecapDocument, TopAlbumsDocument } from "../../../src/queries/documents/play-documents.ts";
import type { XrefDocument } from "../../../src/queries/documents/record-documents.ts";
import { cardKinds, type CardKind } from "../../../src/interfaces/card/card-contents.ts";
import { addCovers } from "../page/cover-fixture.ts";
import { decodeHtmlText } from "../page/parse-page.ts";
import { createSharedHome } from "../../support/filled-cache.ts";
import { generatePlays, generateRecords, generateTitles } from "../../support/generated-data.ts";
import { noon, runCli, runCliJson } from "../../support/run-cli.ts";
import { sampleHome } from "../../support/sample-home.ts";
import { serveCache } from "../../support/served-cache.ts";

const large = generateTitles(300, 71);
const largeHome = createSharedHome({
  records: generateRecords(large, 300, 72),
  plays: generatePlays(large, 3_000, 73),
});
const emptyHome = createSharedHome({ records: [], plays: [] });

/** The document as a program reads it. */
type Listed<Document extends { readonly data: Iterable<unknown> }> = Omit<Document, "data"> & {
  readonly data: readonly (Document["data"] extends Iterable<infer Row> ? Row : never)[];
};

afterEach(() => void vi.unstubAllEnvs());

async function printCard(home: string, card: CardKind, flags: readonly string[] = []): Promise<string> {
  const { code, stdout, stderr } = await runCli(["card", card, "--out", "-", ...flags], { home });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

const getTexts = (svg: string): string[] =>
  [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => decodeHtmlText(text));

describe.each(cardKinds)("the card %s", (card) => {
  test("is the same again and in another time zone", async () => {
    const home = await sampleHome();
    const before = await printCard(home, card);
    vi.stubEnv("TZ", "Pacific/Auckland");
    expect(await printCard(home, card)).toBe(before);
  });

  test("is one file of at most 200 kB that runs and loads nothing, covers included", async () => {
    addCovers(largeHome);
    for (const home of [await sampleHome(), largeHome, emptyHome]) {
      const svg = await printCard(home, card);
      expect(Buffer.byteLength(svg)).toBeLessThanOrEqual(200_000);
      expect(svg).not.toMatch(/<script|<foreignObject|<a[ >]|\son\w+=|@import|url\(/i);
      const addresses = [...svg.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
      expect(
        addresses.filter((address) => !/^data:image\/(?:png|jpeg|bmp);base64,/.test(address ?? "")),
      ).toEqual([]);
    }
  });

  test("is the same over HTTP", async () => {
    const home = await sampleHome();
    const { ask } = serveCache(home);
    const answer = await ask(`/v1/card.svg?card=${card}`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/svg+xml"]);
    expect(await answer.text()).toBe(await printCard(home, card));
  });
});

test("has the figures of recap, xref and top", async () => {
  const home = await sampleHome();
  const recap = (await runCliJson(["recap", "2025", "--json"], { home })) as RecapDocument;
  const { data, summary: played } = (await runCliJson(["top", "--during", "2025", "--json"], {
    home,
  })) as Listed<TopAlbumsDocument>;
  const { summary, pagination } = (await runCliJson(["xref", "--json"], { home })) as XrefDocument;
  const shelfShare = ((100 * recap.on_shelf.owned) / recap.plays).toFixed(1);
  expect(getTexts(await printCard(home, "year", ["--year", "2025"])).slice(0, 5)).toEqual([
    "sample's 2025",
    `${recap.plays} plays · ${played.total} albums · ${shelfShare}% of the plays from the shelf`,
    data[0]?.album_name,
    expect.stringMatching(/^Elis Regina & A.*…$/),
    `${data[0]?.play_count} plays`,
  ]);
  expect(getTexts(await printCard(home, "never"))[1]).toBe(
    `${summary.unlistened_count} of ${pagination.total} records on sample's shelf`,
  );
  expect(getTexts(await printCard(home, "wall"))[1]).toBe(
    `${pagination.total} records, ${(100 * summary.listen_rate).toFixed(1)}% of them played`,
  );
});

test("replaces a card, and no other file", async () => {
  const home = await sampleHome();
  const [card, other] = [join(home, "wall.svg"), join(home, "other.svg")];
  for (const _ of ["new", "again"]) {
    const { code, stdout } = await runCli(["card", "wall", "--out", card], { home });
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^Wrote .*wall\.svg: sample's shelf, \d+ kB\n$/),
    ]);
  }
  await runCli(["report", "--out", other], { home });
  expect(await runCli(["card", "wall", "--out", other], { home })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("already exists, and rewind did not write it"),
  });
  expect(readFileSync(other, "utf8")).toMatch(/^<!doctype html>/);
});

test("rewind card 2025 is the card of that year", async () => {
  const home = await sampleHome();
  const { stdout } = await runCli(["card", "2025", "--out", "-"], { home });
  expect(stdout).toBe(await printCard(home, "year", ["--year", "2025"]));
});

test("rewind card says that a year has no plays", async () => {
  const home = await sampleHome();
  for (const [year, notice] of [
    ["1999", "The card is empty: you have no plays in 1999.\n"],
    ["2025", ""],
  ] as const) {
    const { stderr } = await runCli(["card", year, "--out", join(home, `${year}.svg`)], { home });
    expect(stderr).toBe(notice);
  }
});

test.each(["shelf", "Year", "constructor", ""])("rewind card %j is refused", async (word) => {
  expect(await runCli(["card", word], { home: await sampleHome() })).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/unknown value .* for CARD[^]*year, wall, never, now/),
  });
});

test.each([...cardKinds.filter((kind) => kind !== "year"), "2024"])(
  "rewind card %s refuses --year, which it would ignore",
  async (word) => {
    expect(await runCli(["card", word, "--year", "1999"], { home: await sampleHome() })).toMatchObject({
      code: 2,
      stderr: `rewind: rewind card ${word} takes no --year\nFor the card of a year: rewind card year --year 1999\n`,
    });
  },
);

test("GET /v1/card.svg refuses a year that the card would ignore", async () => {
  const { ask } = serveCache(await sampleHome());
  expect((await ask("/v1/card.svg?card=year&year=2025")).status).toBe(200);
  expect((await ask("/v1/card.svg?card=wall&year=2025")).status).toBe(400);
});

test("a year in the future is refused", async () => {
  const year = String(new Date(noon).getFullYear() + 1);
  expect(await runCli(["card", "--year", year], { home: await sampleHome() })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`${year} is in the future`),
  });
});
