// A table of typed words, verdict and record. One search is behind every command, route and tool, so
// the rows are asked of the question behind `rewind have`; a part of them is asked of every interface.
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { queryHave } from "../../../src/queries/albums/have.ts";
import { defineFunctions } from "../../../src/queries/conditions/sql-functions.ts";
import { queryRows } from "../../../src/store/file/sql.ts";
import type { Database } from "../../../src/store/file/database.ts";
import {
  getHomeCachePath,
  cd,
  boxSet,
  single as sevenInch,
  fillCache,
  withHomeCache,
  openCache,
  buildRecord,
  buildAlbumPlays,
  buildWant,
} from "../../support/filled-cache.ts";
import { callTool, connectMcp } from "../../support/mcp-client.ts";
import { noon, runCli, runCliJson, type CliResult } from "../../support/run-cli.ts";
import { sampleHome } from "../../support/sample-home.ts";
import { serveCache } from "../../support/served-cache.ts";
import { createSharedDirectory, createTempDirectory } from "../../support/temp-directories.ts";

interface Found {
  readonly verdict: string;
  /** The title of the first album; "" if there is none. */
  readonly title: string;
}

function createFinder(database: Database): (text: string) => Found {
  return (text) => {
    const { verdict, ownedAlbums } = queryHave(database, { text });
    return { verdict, title: (verdict === "no" ? undefined : ownedAlbums[0]?.[0].title) ?? "" };
  };
}

function openReadOnly(path: string): Database {
  const database = openCache(path, "read");
  defineFunctions(database);
  onTestFinished(() => void database.close());
  return database;
}

const isLetter = (text: string | undefined): boolean => /^\p{L}$/u.test(text ?? "");

/** The places of letters that may be mistyped. A title's number is none: "Led Zeppelin II". */
function listLetterPlaces(letters: readonly string[]): number[] {
  const title = letters.join("");
  const numeral = / [IVX]+$/.exec(title)?.index ?? title.length;
  return letters.flatMap((letter, at) => (isLetter(letter) && at < numeral ? [at] : []));
}

const typos: Readonly<Record<string, (letters: readonly string[], at: number) => readonly string[]>> = {
  "left out": (letters, at) => letters.toSpliced(at, 1),
  doubled: (letters, at) => letters.toSpliced(at, 0, letters[at] ?? ""),
  swapped: (letters, at) =>
    isLetter(letters[at + 1]) ? letters.toSpliced(at, 2, letters[at + 1] ?? "", letters[at] ?? "") : letters,
};

describe("every title of the sample", () => {
  test.each(Object.keys(typos))("is found with a letter %s", async (name) => {
    const database = openReadOnly(getHomeCachePath(await sampleHome()));
    const find = createFinder(database);
    const titles = queryRows<{ title: string }>(database)`
      SELECT DISTINCT title FROM record JOIN release ON release.id = record.release_id ORDER BY title`;
    const typo = typos[name];
    const rows = titles.flatMap(({ title }, row) => {
      const letters = Array.from(title);
      const places = listLetterPlaces(letters);
      const at = places[(row * 7) % Math.max(1, places.length)];
      const typed = at === undefined || typo === undefined ? "" : typo(letters, at).join("");
      return typed === "" ? [] : [{ typed, title }];
    });
    expect(rows.length).toBeGreaterThan(58);
    const missed = rows.flatMap(({ typed, title }) => {
      const found = find(typed);
      return found.verdict !== "no" && found.title === title ? [] : [{ typed, title, found }];
    });
    expect(missed).toEqual([]);
  });

  test("is found as it is, and with its artist in front or behind", async () => {
    const database = openReadOnly(getHomeCachePath(await sampleHome()));
    const find = createFinder(database);
    const names = queryRows<{ artist: string; title: string }>(database)`
      SELECT DISTINCT artist, title FROM record JOIN release ON release.id = record.release_id`;
    const missed = names.flatMap(({ artist, title }) =>
      [title, `${artist} ${title}`, `${title} ${artist}`].filter((typed) => {
        const found = find(typed);
        return found.verdict !== "yes" || found.title !== title;
      }),
    );
    expect(missed).toEqual([]);
  });

  test("is found by its catalogue number, with and without blanks and dashes", async () => {
    const database = openReadOnly(getHomeCachePath(await sampleHome()));
    const find = createFinder(database);
    const rows = queryRows<{ number: string; title: string }>(database)`
      SELECT catalog_number AS number, title FROM record JOIN release ON release.id = record.release_id
        JOIN release_label ON release_label.release_id = release.id WHERE catalog_number GLOB '*[0-9]*'`;
    expect(rows.length).toBeGreaterThan(60);
    const missed = rows.flatMap(({ number, title }) =>
      [number, number.replaceAll(/[ -]/g, ""), number.toLowerCase().replaceAll("-", " ")].filter((typed) => {
        const found = find(typed);
        return found.verdict !== "yes" || found.title !== title;
      }),
    );
    expect(missed).toEqual([]);
  });
});

const home = createSharedDirectory("rewind-home");

const pressed = (descriptions: readonly string[], quantity = 1, name = "Vinyl") => [
  { name, quantity, text: "", descriptions },
];

const buildLabel = (name: string, catalogNumber: string) => [{ id: 1, name, catalogNumber }];

const filling = {
  records: [
    buildRecord({ artist: "Pink Floyd", title: "The Wall", year: 1979 }),
    buildRecord({ artist: "Wall Of Voodoo", title: "Dark Continent" }),
    buildRecord({ artist: "Eric Church", title: "The Wall Between Us" }),
    buildRecord({ artist: "Joni Mitchell", title: "Blue", year: 1971 }),
    buildRecord({ artist: "Miles Davis", title: "Kind Of Blue", year: 1959 }),
    buildRecord({ artist: "Miles Davis", title: "Kind Of Blue", formats: cd, year: 1997 }),
    buildRecord({ artist: "New Order", title: "Blue Monday" }),
    buildRecord({ artist: "Marvin Gaye", title: "What's Going On" }),
    buildRecord({ artist: "Кино", title: "Группа Крови" }),
    buildRecord({ artist: "Μάνος Χατζιδάκις", title: "Ο Σκληρός Απρίλης" }),
    buildRecord({ artist: "Metallica", title: "Kill 'Em All" }),
    buildRecord({ artist: "Sigur Rós", title: "Ágætis Byrjun" }),
    buildRecord({ artist: "椎名林檎", title: "無罪モラトリアム" }),
    buildRecord({ artist: "Nirvana", title: "Nevermind", year: 1991 }),
    buildRecord({ artist: "Led Zeppelin", title: "Led Zeppelin II" }),
    buildRecord({ artist: "The Beatles", title: "Revolver" }),
    buildRecord({ artist: "Weezer", title: "Weezer" }),
    buildRecord({ artist: "Peter Gabriel", title: "Us" }),
    buildRecord({ artist: "Low", title: "1999" }),
    buildRecord({ artist: "Vinyl Williams", title: "Lemniscate" }),
    buildRecord({ artist: "Black Box", title: "Dreamland" }),
    buildRecord({ artist: "Can", title: "Tago Mago", year: 1971 }),
    buildRecord({ artist: "Live", title: "Throwing Copper" }),
    buildRecord({ artist: "Godspeed You! Black Emperor", title: "F♯ A♯ ∞" }),
    buildRecord({ artist: "Portishead", title: "Dummy" }),
    buildRecord({ artist: "Portishead", title: "Portishead" }),
    buildRecord({ artist: "Sault", title: "5" }),
    buildRecord({ artist: "D'Angelo", title: "Brown Sugar" }),
    buildRecord({
      artist: "Radiohead",
      title: "In Rainbows",
      labels: buildLabel("XL Recordings", "XLLP324"),
    }),
    buildRecord({
      artist: "Dave Brubeck",
      title: "Time Out",
      year: 1959,
      labels: buildLabel("Columbia", "CS 8192"),
    }),
    buildRecord({
      artist: "Dave Brubeck",
      title: "Time Out",
      formats: cd,
      labels: buildLabel("Legacy", "CK 65122"),
    }),
    buildRecord({ artist: "The Smiths", title: "This Charming Man", formats: sevenInch }),
    buildRecord({ artist: "The The", title: "Soul Mining" }),
    buildRecord({ artist: "Kronos Quartet", title: "Route 14" }),
    buildRecord({ artist: "Neu!", title: "Negativland", labels: buildLabel("Brain", "1004") }),
    buildRecord({ artist: "The Beatles", title: "Abbey Road" }),
    buildRecord({ artist: "St. Germain", title: "Tourist" }),
    buildRecord({ artist: "Saint Etienne", title: "Foxbase Alpha" }),
    buildRecord({ artist: "Dr. John", title: "Gris-Gris" }),
    buildRecord({ artist: "Mr. Bungle", title: "California" }),
    buildRecord({ artist: "Stone Temple Pilots", title: "No. 4" }),
    buildRecord({ artist: "Guns N' Roses", title: "Use Your Illusion Part II" }),
    buildRecord({ artist: "Black Sabbath", title: "Vol. 4" }),
    buildRecord({ artist: "Fela Kuti & Africa 70", title: "Expensive Shit" }),
    buildRecord({ artist: "Daft Punk", title: "Get Lucky (Featuring Pharrell Williams)" }),
    buildRecord({ artist: "Massive Attack", title: "Mezzanine", formats: pressed(["LP", "Album"], 2) }),
    buildRecord({ artist: "Radiohead", title: "Amnesiac", formats: pressed(['10"', "Album"], 2) }),
    buildRecord({ artist: "Burial", title: "Untrue", formats: pressed(['12"', "Album"], 2) }),
    buildRecord({ artist: "Black Flag", title: "My War", formats: pressed([], 1, "Cassette") }),
    buildRecord({ artist: "Big Black", title: "Atomizer", formats: pressed(['12"']) }),
    buildRecord({
      artist: "The Clash",
      title: "Sound System",
      formats: [...boxSet, ...pressed([], 11, "CD")],
    }),
    buildRecord({ artist: "Faust", title: "The 10 Inch Collection" }),
    buildRecord({ artist: "Kiss", title: "Double Platinum" }),
    buildRecord({ artist: "Adele", title: "4" }),
    buildRecord({ artist: "Charles Mingus", title: "Mingus Ah Um" }),
    buildRecord({ artist: "Duran Duran", title: "Rio" }),
    buildRecord({ artist: "Ramones", title: "Rocket To Russia" }),
    buildRecord({ artist: "Jay-Z", title: "4:44" }),
    buildRecord({ artist: "Moderat", title: "III" }),
    buildRecord({ artist: "Autechre", title: "EP7" }),
  ],
  wants: [buildWant({ artist: "D'Angelo", title: "Voodoo" })],
  plays: [
    ...buildAlbumPlays("Radiohead", "Kid A", { from: "2026-02-12T20:00:00Z", tracks: 10 }),
    ...buildAlbumPlays("Pink Floyd", "Animals", { from: "2026-02-13T20:00:00Z", tracks: 5 }),
    ...buildAlbumPlays("Кино", "Ночь", { from: "2026-02-14T20:00:00Z", tracks: 5 }),
  ],
};

beforeAll(() => fillCache(home, filling));

/** Typed words, the verdict and the title of the first album. */
const table: readonly (readonly [typed: string, verdict: string, title?: string])[] = [
  // An exact title before titles that contain it.
  ["the wall", "yes", "The Wall"],
  ["wall", "yes", "The Wall"],
  ["The Wall", "yes", "The Wall"],
  ["wall the pink floyd", "yes", "The Wall"],
  ["the wall between", "yes", "The Wall Between Us"],
  ["wall voodoo", "yes", "Dark Continent"],
  ["blue", "yes", "Blue"],
  ["kind of blue", "yes", "Kind Of Blue"],
  ["blue kind", "yes", "Kind Of Blue"],
  ["monday blue", "yes", "Blue Monday"],
  ["davis blue", "yes", "Kind Of Blue"],
  ["weezer", "yes", "Weezer"],
  ["portishead", "yes", "Portishead"],
  ["portishead dummy", "yes", "Dummy"],
  ["dummy by portishead", "yes", "Dummy"],
  ["DUMMY", "yes", "Dummy"],
  ["  dummy  ", "yes", "Dummy"],
  ["soul mining the the", "yes", "Soul Mining"],
  ["mining", "yes", "Soul Mining"],
  ["throwing copper", "yes", "Throwing Copper"],
  ["copper live", "yes", "Throwing Copper"],
  ["quartet 14", "yes", "Route 14"],
  ["brown sugar", "yes", "Brown Sugar"],
  ["dangelo brown sugar", "yes", "Brown Sugar"],
  ["d angelo", "maybe", "Brown Sugar"],
  ["gris gris", "yes", "Gris-Gris"],
  ["grisgris", "maybe", "Gris-Gris"],
  ["lets get lucky", "maybe", "Get Lucky (Featuring Pharrell Williams)"],
  ["get lucky", "yes", "Get Lucky (Featuring Pharrell Williams)"],
  ["sigur ros", "yes", "Ágætis Byrjun"],
  ["tourist st. germain", "yes", "Tourist"],
  ["ah um mingus", "yes", "Mingus Ah Um"],
  ["mingus ah", "yes", "Mingus Ah Um"],
  ["dave brubeck time out", "yes", "Time Out"],
  ["time out brubeck cd", "yes", "Time Out"],
  ["brubeck tiem out", "maybe", "Time Out"],
  ["expensive shit fela", "yes", "Expensive Shit"],
  ["4:44 jay z", "yes", "4:44"],
  ["jayz 4:44", "maybe", "4:44"],
  ["4:46", "no"],
  ["brubeck time further out", "maybe", "Time Out"],
  ["ramones rocket russia", "yes", "Rocket To Russia"],
  ["us", "yes", "Us"],
  ["live", "yes", "Throwing Copper"],
  // Edition words, numbers and spellings.
  ["nevermind (remastered)", "yes", "Nevermind"],
  ["nevermind 30th anniversary edition", "yes", "Nevermind"],
  ["led zeppelin 2", "yes", "Led Zeppelin II"],
  ["led zeppelin two", "yes", "Led Zeppelin II"],
  ["whats going on", "yes", "What's Going On"],
  ["what’s goin’ on", "maybe", "What's Going On"],
  ["kill em all", "yes", "Kill 'Em All"],
  ["agaetis byrjun", "yes", "Ágætis Byrjun"],
  ["AGAETIS", "yes", "Ágætis Byrjun"],
  ["beatles revolver", "yes", "Revolver"],
  ["the revolver", "yes", "Revolver"],
  // Other alphabets, in both directions.
  ["кино", "yes", "Группа Крови"],
  ["kino", "yes", "Группа Крови"],
  ["gruppa krovi", "yes", "Группа Крови"],
  ["kino gruppa krovi", "yes", "Группа Крови"],
  ["grupa krovi", "maybe", "Группа Крови"],
  ["krovi", "yes", "Группа Крови"],
  ["нирвана", "yes", "Nevermind"],
  ["нирвана nevermind", "yes", "Nevermind"],
  ["металлика", "maybe", "Kill 'Em All"],
  ["weezer nirvana", "no"],
  ["o skliros aprilis", "yes", "Ο Σκληρός Απρίλης"],
  ["χατζιδακις", "yes", "Ο Σκληρός Απρίλης"],
  ["Λεντ Ζέπελιν", "maybe", "Led Zeppelin II"],
  ["Νιρβάνα", "yes", "Nevermind"],
  ["Πινκ Φλόιντ", "maybe", "The Wall"],
  ["無罪モラトリアム", "yes", "無罪モラトリアム"],
  ["無罪", "yes", "無罪モラトリアム"],
  ["林檎", "yes", "無罪モラトリアム"],
  ["無罪モラトリム", "maybe", "無罪モラトリアム"],
  // Formats, colours, years and fillers are wishes.
  ["nevermind nirvana vinyl", "yes", "Nevermind"],
  ["nevermind lp", "yes", "Nevermind"],
  ["nevermind on vinyl", "yes", "Nevermind"],
  ["nevermind cd", "maybe", "Nevermind"],
  ["nevermind red vinyl", "maybe", "Nevermind"],
  ["the nevermind album by nirvana", "yes", "Nevermind"],
  ["tago mago can 1971", "yes", "Tago Mago"],
  ["tago mago can 2011", "maybe", "Tago Mago"],
  ["kind of blue cd", "yes", "Kind Of Blue"],
  ["kind of blue vinyl 1959", "yes", "Kind Of Blue"],
  ["blue vinyl", "yes", "Blue"],
  ["vinyl", "yes", "Lemniscate"],
  ["vinyl williams vinyl", "yes", "Lemniscate"],
  ["black box", "yes", "Dreamland"],
  ["miles davis vinyl", "yes", "Kind Of Blue"],
  ["nirvana 1991", "yes", "Nevermind"],
  ["nirvana 1993", "no"],
  ["miles davis box", "no"],
  ["this charming man vinyl", "yes", "This Charming Man"],
  ["this charming man single", "yes", "This Charming Man"],
  ["this charming man lp", "maybe", "This Charming Man"],
  ["this charming man ep", "maybe", "This Charming Man"],
  ["smiths lp", "no"],
  ["kind of blue lp remastered", "yes", "Kind Of Blue"],
  // Formats as rewind prints them and as people type them.
  ...[
    "2×lp",
    "2×LP",
    "2 × lp",
    "2xlp",
    "2 x lp",
    "2 lp",
    "2-lp",
    "2lp",
    "2lps",
    "double lp",
    "dbl lp",
    "double vinyl",
  ].map((format) => [`mezzanine ${format}`, "yes", "Mezzanine"] as const),
  ...["2 vinyl", "double album", "2 discs", "double", "lp", "lps", '2×12"', "2x12"].map(
    (format) => [`mezzanine ${format}`, "yes", "Mezzanine"] as const,
  ),
  ["2×lp mezzanine", "yes", "Mezzanine"],
  ["mezzanine 3×lp", "maybe", "Mezzanine"],
  ["mezzanine triple lp", "maybe", "Mezzanine"],
  ["mezzanine 2 cd", "maybe", "Mezzanine"],
  ["mezzanine 2", "no"],
  ["nevermind double lp", "maybe", "Nevermind"],
  ["nevermind 1×lp", "yes", "Nevermind"],
  ...[
    '2×10"',
    "2x10",
    '2 x 10"',
    "2x10 inch",
    '10"',
    "10″",
    "10in",
    "10 inch",
    "10-inch",
    "ten inch",
    "10''",
    "double 10 inch",
  ].map((format) => [`amnesiac ${format}`, "yes", "Amnesiac"] as const),
  ['amnesiac 7"', "maybe", "Amnesiac"],
  ["untrue 2 lp", "yes", "Untrue"],
  ["untrue 2x12", "yes", "Untrue"],
  ...['7"', "7″", "7in", "7 inch", "7inch", "7-inch", "seven inch", "7", "7 single"].map(
    (format) => [`this charming man ${format}`, "yes", "This Charming Man"] as const,
  ),
  ["this charming man 12in", "maybe", "This Charming Man"],
  ["atomizer 12in", "yes", "Atomizer"],
  ['atomizer 12"', "yes", "Atomizer"],
  ...["tape", "mc", "cass", "cassette", "cassettes", "k7"].map(
    (format) => [`my war ${format}`, "yes", "My War"] as const,
  ),
  ["my war cd", "maybe", "My War"],
  ...["box", "box set", "boxset", "boxed set", "11×cd", "11 cds", "11 cd box"].map(
    (format) => [`sound system ${format}`, "yes", "Sound System"] as const,
  ),
  ["XLLP324 1 lp", "yes", "In Rainbows"],
  ["XLLP324 2×lp", "maybe", "In Rainbows"],
  // A count may be a title, and a format a part of one.
  ["led zeppelin 2 lp", "yes", "Led Zeppelin II"],
  ["led zeppelin 4 lp", "no"],
  ["weezer 2 lp", "maybe", "Weezer"],
  ["adele 4 lp", "yes", "4"],
  ["adele 4 cd", "maybe", "4"],
  ["the 10 inch collection", "yes", "The 10 Inch Collection"],
  ["double platinum", "yes", "Double Platinum"],
  ["double platinum lp", "yes", "Double Platinum"],
  // A catalogue number with other words.
  ["CK 65122 cd", "yes", "Time Out"],
  ["XLLP324 lp", "yes", "In Rainbows"],
  ["vinyl XLLP 324", "yes", "In Rainbows"],
  ["CS 8192 1959", "yes", "Time Out"],
  ["Columbia CS 8192", "yes", "Time Out"],
  ["XLLP324 radiohead", "yes", "In Rainbows"],
  ["in rainbows XLLP324", "yes", "In Rainbows"],
  ["the XLLP324 record by radiohead", "yes", "In Rainbows"],
  ["neu 1004", "yes", "Negativland"],
  ["XLLP324 cd", "maybe", "In Rainbows"],
  ["XLLP324 zebra", "maybe", "In Rainbows"],
  ["CK 65122 lp", "maybe", "Time Out"],
  ["XLLP325 lp", "no"],
  // Optional words alone find only a name that has no others.
  ["the", "no"],
  ["the and", "no"],
  ["the lp", "no"],
  ["the the", "yes", "Soul Mining"],
  ["The The lp", "yes", "Soul Mining"],
  // One word too many.
  ["nevermind nirvana grunge", "maybe", "Nevermind"],
  ["marvin gaye whats going on tamla", "maybe", "What's Going On"],
  // A title of one word needs nearly its artist.
  ["burrial untrue", "maybe", "Untrue"],
  ["byriel untrue", "maybe", "Untrue"],
  ["zebra untrue", "no"],
  ["byriel", "no"],
  ["the wall pink floyd live", "no"],
  ["nevermind live", "no"],
  ["best of nirvana", "no"],
  ["led zeppelin ii remixes", "no"],
  // The beginning of a word.
  ["marvin gay", "maybe", "What's Going On"],
  ["never", "maybe", "Nevermind"],
  ["neverm nirv", "maybe", "Nevermind"],
  ["blu", "maybe", "Blue"],
  ["mitchel blue", "maybe", "Blue"],
  // Typos: one in a word, two from eight letters on; missing and extra spaces.
  ["nevremind", "maybe", "Nevermind"],
  ["nevrmnd", "maybe", "Nevermind"],
  ["nirvna nevermnd", "maybe", "Nevermind"],
  ["pink floid", "maybe", "The Wall"],
  ["pink floid wall", "maybe", "The Wall"],
  ["kindof blue", "maybe", "Kind Of Blue"],
  ["never mind", "maybe", "Nevermind"],
  ["tagomago", "maybe", "Tago Mago"],
  ["kindofblue", "maybe", "Kind Of Blue"],
  ["kindofblue miles", "maybe", "Kind Of Blue"],
  ["gunsnroses", "maybe", "Use Your Illusion Part II"],
  ["444", "maybe", "4:44"],
  ["no4", "maybe", "No. 4"],
  ["moderat 3", "yes", "III"],
  ["moderat iii", "yes", "III"],
  ["moderat 2", "no"],
  ["autechre ep 7", "yes", "EP7"],
  ["ep 7", "yes", "EP7"],
  ["ep7", "yes", "EP7"],
  ["adele 4 ep", "maybe", "4"],
  ["4440", "no"],
  ["bleu", "maybe", "Blue"],
  ["lue", "maybe", "Blue"],
  ["dumy", "maybe", "Dummy"],
  ["ummy", "maybe", "Dummy"],
  ["tago maog", "maybe", "Tago Mago"],
  ["revolvr beatles vinyl", "maybe", "Revolver"],
  ["led zepelin ii", "maybe", "Led Zeppelin II"],
  ["godspeed you black emperr", "maybe", "F♯ A♯ ∞"],
  ["weezr", "maybe", "Weezer"],
  ["metalica", "maybe", "Kill 'Em All"],
  ["kynd of blue", "maybe", "Kind Of Blue"],
  ["beatles bluw", "no"],
  ["joni blua", "maybe", "Blue"],
  // Abbreviations, in both directions. One alone names nothing.
  ["abbey rd", "maybe", "Abbey Road"],
  ["abbey rd beatles", "maybe", "Abbey Road"],
  ["abbey rd.", "maybe", "Abbey Road"],
  ["saint germain", "maybe", "Tourist"],
  ["st germain tourist", "yes", "Tourist"],
  ["st etienne", "yes", "Foxbase Alpha"],
  ["doctor john", "maybe", "Gris-Gris"],
  ["dr john gris gris", "yes", "Gris-Gris"],
  ["mister bungle", "maybe", "California"],
  ["stone temple pilots number 4", "yes", "No. 4"],
  ["number 4", "yes", "No. 4"],
  ["use your illusion pt 2", "yes", "Use Your Illusion Part II"],
  ["use your illusion pt ii", "yes", "Use Your Illusion Part II"],
  ["black sabbath volume 4", "yes", "Vol. 4"],
  ["guns & roses use your illusion part 2", "yes", "Use Your Illusion Part II"],
  ["guns and roses", "yes", "Use Your Illusion Part II"],
  ["get lucky ft pharrell williams", "maybe", "Get Lucky (Featuring Pharrell Williams)"],
  ["saint germain tour", "maybe", "Tourist"],
  ["abbey rd live", "no"],
  // One letter more in a word of four, beside a word that is right.
  ["abbey roads", "maybe", "Abbey Road"],
  ["kinds of blue", "maybe", "Kind Of Blue"],
  ["joni mitchell blues", "maybe", "Blue"],
  ["roads", "no"],
  ["blues", "no"],
  // A colour and the beginning of a word.
  ["nevermin red", "no"],
  ["nevrmind red", "maybe", "Nevermind"],
  ["rd", "no"],
  ["doctor", "no"],
  ["number", "no"],
  ["doctor zebra", "no"],
  // A size alone is no title, and no part of a number.
  ['7"', "no"],
  ["7 inch", "no"],
  ['12"', "no"],
  ["africa 70", "yes", "Expensive Shit"],
  // A word that is typed more often than the artist or the title has it.
  ["mingus mingus mingus mingus mingus", "maybe", "Mingus Ah Um"],
  ["mingus mingus", "maybe", "Mingus Ah Um"],
  ["mingus mingus ah um", "yes", "Mingus Ah Um"],
  ["charles mingus mingus", "maybe", "Mingus Ah Um"],
  ["ah um ah", "maybe", "Mingus Ah Um"],
  ["nevermind nevermind", "maybe", "Nevermind"],
  ["nevermind nirvana nevermind", "maybe", "Nevermind"],
  ["blue blue", "maybe", "Blue"],
  ["kid kid kid", "no"],
  ["weezer weezer", "yes", "Weezer"],
  ["weezer weezer weezer", "maybe", "Weezer"],
  ["duran duran", "yes", "Rio"],
  ["duran duran rio", "yes", "Rio"],
  ["rio duran duran", "yes", "Rio"],
  ["duran duran duran rio", "maybe", "Rio"],
  ["the beatles the abbey road", "yes", "Abbey Road"],
  ["led zeppelin led zeppelin ii", "yes", "Led Zeppelin II"],
  ["vinyl williams vinyl", "yes", "Lemniscate"],
  ["nevermind vinyl vinyl", "yes", "Nevermind"],
  // Numbers.
  ["#1", "yes", "The Wall"],
  ["1", "maybe", "The Wall"],
  ["5", "yes", "5"],
  ["14", "yes", "Route 14"],
  ["#5", "yes", "Kind Of Blue"],
  ["1999", "yes", "1999"],
  ["1998", "no"],
  // No record, or another one.
  ["kind of black", "no"],
  // Part of a title, and a form or a year that the copy does not have.
  ['sound 7"', "maybe", "Sound System"],
  ["sound system 1950", "maybe", "Sound System"],
  ["zeppelin cassette", "no"],
  ["the hall", "no"],
  ["the wull", "no"],
  ["the ball", "no"],
  ["led zeppelin", "yes", "Led Zeppelin II"],
  ["led zeppelin iii", "no"],
  ["led zeppelin iv", "no"],
  ["led zeppelin 4", "no"],
  ["led zeppelin i", "no"],
  ["weezer iii", "no"],
  ["rocket to russia ii", "no"],
  ["rocket to russia ramones xi", "no"],
  ["blue train coltrane", "no"],
  ["kid a", "no"],
  ["animals", "no"],
  ["animals pink floyd", "no"],
  // The title of a want, and a word of another artist.
  ["voodoo", "maybe", "Dark Continent"],
  ["voodoo d'angelo", "no"],
  ["for emma", "no"],
  ["green", "no"],
  ["in utero", "no"],
  ["zyzzyva", "no"],
  ["...", "no"],
];

test.each(table.map(([typed, verdict, title = ""]) => ({ typed, verdict, title })))(
  "$typed: $verdict $title",
  ({ typed, ...expected }) => {
    expect(createFinder(openReadOnly(getHomeCachePath(home)))(typed)).toEqual(expected);
  },
);

test("a barcode finds the record if MusicBrainz has it, with and without its first zero", async () => {
  const own = createTempDirectory("rewind-home");
  await fillCache(own, filling);
  withHomeCache(own, (database) => {
    database.exec(`INSERT INTO musicbrainz_release (release_id, mbid, title, barcode)
      SELECT id, 'b1', title, '0720642442524' FROM release WHERE title = 'Nevermind'`);
  });
  const find = createFinder(openReadOnly(getHomeCachePath(own)));
  const expected = { verdict: "yes", title: "Nevermind" };
  expect(["0720642442524", "720642442524", "7 20642 44252 4"].map((typed) => find(typed))).toEqual([
    expected,
    expected,
    expected,
  ]);
  expect(find("720642442525").verdict).toBe("no");
});

interface HaveJson {
  readonly verdict: string;
  readonly records: readonly { readonly collection: { readonly id: number } }[];
}

/** Words that find one record, and words that find several. */
const single = [
  "the wall",
  "kino",
  "kind of blue cd",
  "nevermind lp",
  "CS 8192 lp",
  "blue",
  "wall voodoo",
  "neverm nirv",
  "#5",
];
const mistyped = [
  "voodoo",
  "nevremind",
  "pink floid wall",
  "kindof blue",
  "tago mago can 2011",
  "this charming man lp",
  "XLLP324 cd",
  "無罪モラトリム",
];

const runRewind = (...argv: readonly string[]): Promise<CliResult> => runCli(argv, { home });

describe("every interface gives the same record", () => {
  test.each([...single, ...mistyped])("for %s", async (typed) => {
    const { ownedAlbums } = queryHave(openReadOnly(getHomeCachePath(home)), { text: typed });
    const id = ownedAlbums[0]?.[0].id ?? 0;
    const have = JSON.parse((await runRewind("have", "--json", "--", typed)).stdout) as HaveJson;
    const { data } = (await runCliJson(["xref", "--all", "--json", "--", typed], { home })) as {
      data: HaveJson["records"];
    };
    const explained = await runCliJson(["explain", "--json", "--", typed], { home });
    const served = serveCache(home);
    expect(await served.json(`/v1/collecting/have?q=${encodeURIComponent(typed)}`)).toEqual(have);
    expect({
      have: have.records[0]?.collection.id,
      isListed: data.some(({ collection }) => collection.id === id),
      explain: (explained as { record: { id: number } }).record.id,
    }).toEqual({ have: id, isListed: true, explain: id });
    const acts = await Promise.all([
      runRewind("open", "--", typed),
      runRewind("played", "--dry-run", "--json", "--", typed),
      runRewind("link", "--clear", "--", typed),
      runRewind("pick", `--unsnooze=${typed}`),
    ]);
    // Typos and words left over are never acted on; the message names the record.
    const isSure = single.includes(typed);
    expect(acts.map(({ code }) => code)).toEqual(acts.map(() => (isSure ? 0 : 2)));
    const named = acts.filter(({ stderr }) => stderr.includes(`\n${id} `));
    expect(named).toHaveLength(isSure ? 0 : acts.length);
  });

  test("over MCP", async () => {
    const connection = await connectMcp({ home, now: noon });
    onTestFinished(async () => void (await connection.close()));
    for (const typed of [...single, ...mistyped]) {
      const { ownedAlbums } = queryHave(openReadOnly(getHomeCachePath(home)), { text: typed });
      const id = ownedAlbums[0]?.[0].id ?? 0;
      const readFirstId = async (
        tool: string,
        values: Readonly<Record<string, string>>,
      ): Promise<unknown> => {
        const { document } = await callTool(connection, tool, values);
        const {
          records,
          data,
          collection,
          record: explained,
        } = document as Partial<{
          records: readonly { readonly collection: { readonly id: number } }[];
          data: readonly { readonly id: number }[];
          collection: { readonly id: number };
          record: { readonly id: number };
        }>;
        return records?.[0]?.collection.id ?? data?.[0]?.id ?? collection?.id ?? explained?.id;
      };
      expect({
        typed,
        have: await readFirstId("have", { query: typed }),
        search: await readFirstId("search_records", { query: typed }),
        record: await readFirstId("get_record", { record: typed }),
        explained: await readFirstId("explain_match", { record: typed }),
      }).toEqual({ typed, have: id, search: id, record: id, explained: id });
    }
  });
});

test.each([
  [["xref", "--artist", "kino"], "Группа Крови"],
  [["xref", "--artist", "Кино"], "Группа Крови"],
  [["xref", "--artist", "нирвана"], "Nevermind"],
  [["xref", "--title", "krovi"], "Группа Крови"],
  [["top", "artists", "--artist", "kino"], "Кино"],
  [["top", "albums", "--artist", "kino"], "Ночь"],
  [["top", "tracks", "--artist", "kino"], "Кино"],
  [["gaps", "--plays", "1..", "--tracks", "1..", "--title", "noch"], "Ночь"],
  [["recent", "kino"], "Ночь"],
])("rewind %j finds a name in other letters", async (argv, name) => {
  const { stdout, stderr } = await runRewind(...argv);
  expect({ stdout, stderr }).toEqual({ stdout: expect.stringContaining(name) as string, stderr: "" });
});

test.each(["kino", "кино", "Kino noch"])("GET /v1/search?q=%s finds records and plays", async (words) => {
  const { data } = (await serveCache(home).json(`/v1/search?q=${encodeURIComponent(words)}`)) as {
    data: readonly { readonly title: string; readonly entity_type: string }[];
  };
  expect(data).toContainEqual(expect.objectContaining({ title: "Ночь", entity_type: "album" }));
});

describe("numbers with commas name several records", () => {
  test.each([
    [["have", "1,#3", "--json"], '{"verdict":"yes"'],
    [["xref", "1,3", "--as", "csv", "--columns", "id"], "id\r\n1\r\n3"],
    [["explain", "1,", "3", "--json"], '{"record":{"id":3'],
    [["open", "1,3"], "https://www.discogs.com/release/"],
    [["played", "1,3", "--on", "yesterday", "--dry-run", "--json"], '"dry_run":true'],
    [["played", "1,3", "--on", "yesterday", "--dry-run"], "Would be logged"],
    [["pick", "--snooze", "1,3"], "Undo: rewind pick --unsnooze 1,3"],
    [["pick", "--unsnooze", "1,3"], "can be drawn again"],
    [["link", "1,3", "--clear"], "Nothing was decided for"],
  ])("rewind %j", async (argv, text) => {
    const { stdout, stderr, code } = await runRewind(...argv);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect(stdout).toContain(text);
  });

  test("are refused if each needs its own time", async () => {
    expect(await runRewind("played", "1,3")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("To log them for a day: rewind played 1,3 --on today") as string,
    });
  });

  test("are refused if one is not a record", async () => {
    expect(await runRewind("have", "1,9999")).toMatchObject({ code: 1 });
    expect(await runRewind("played", "1,9999", "--on", "today")).toMatchObject({ code: 2 });
  });
});
