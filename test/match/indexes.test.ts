// Indexes leave out of sight nothing that a look at every one would find.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TitleIndex } from "../../src/match/albums/title-index.ts";
import { createScriptIndex } from "../../src/match/albums/script-index.ts";
import { RowTable } from "../../src/match/albums/row-table.ts";
import type { AlbumRow } from "../../src/match/matcher.ts";
import { artistWords } from "../../src/match/text/artist-name.ts";
import {
  mayHoldOthers,
  namesOfCredit,
  otherNames,
  partsOfCredit,
} from "../../src/match/text/credit-parts.ts";
import { parseTitle } from "../../src/match/text/title.ts";
import {
  isInOtherScript,
  latinKey,
  scriptOf,
  steadyNumber,
  type OtherScript,
} from "../../src/match/text/transliteration.ts";

const settings = { seed: 20261126, numRuns: 500 };

describe("albums by title", () => {
  const word = fc.constantFrom(
    ...(
      "The,A,Le,Night,night's,Nights,10,Vol.,2,Two,Live,(Live),- EP,Deluxe,[Disc 1],é,Éclair,夜,夜想曲,ナイト," +
      "Ночь,P!nk,Ke$ha,R.E.M.,&,+,...,Rom,From,Nightfall,AC/DC,ß"
    ).split(","),
  );
  const title = fc.array(word, { minLength: 1, maxLength: 5 }).map((list) => list.join(" "));

  test("are found by their own title, with no other", () => {
    fc.assert(
      fc.property(fc.array(title, { maxLength: 12 }), title, (others, wanted) => {
        const parsed = parseTitle(wanted);
        // What stands before the first word of a title is no part of what it is found by.
        fc.pre(wanted.startsWith(parsed.stemText) && parsed.stem.includes(" "));
        const albums = [...others, wanted].map((text, at) => ({
          id: at + 1,
          artist: "Low",
          title: text,
          playCount: 1,
        }));
        const found = titleIndexOf(albums).sameTitle(parsed);
        expect(found.filter((entry) => entry.title.key !== parsed.key)).toEqual([]);
        expect(found.map(({ album }) => album.title)).toContain(wanted);
        const ids = found.map(({ album }) => album.id);
        expect(ids).toEqual(ids.toSorted((one, other) => one - other));
      }),
      settings,
    );
  });

  test.each([
    ["Nightfall", ["Nightfall", "Nightfall (Deluxe Edition)"], ["Nightfalls", "The Nightfall Tapes"]],
    ["The Nightfall", ["Nightfall", "The Nightfall"], ["Nightfalls"]],
    ["夜想", ["夜想", "夜想（Deluxe Edition）"], ["夜", "想"]],
  ])("of one word are found with their tails: %s", (wanted, same, others) => {
    const albums = [...others, ...same].map((text, at) => ({
      id: at + 1,
      artist: "Low",
      title: text,
      playCount: 1,
    }));
    const found = titleIndexOf(albums).sameTitle(parseTitle(wanted));
    expect(found.map(({ album }) => album.title)).toEqual(same);
  });
});

describe("artists by their names in another alphabet", () => {
  const scripts: readonly OtherScript[] = ["cyrillic", "greek", "kana", "hangul"];
  const letters =
    "a a a b c d e e f g h i i j j k l m n o o p q q r s s t u u v w x x x y z 0 1 2 9 sh ch tz ks io ou";
  const latin = fc
    .array(fc.constantFrom(...letters.split(" ")), { minLength: 3, maxLength: 14 })
    .map((list) => list.join(""));

  test.each(scripts)("the letters that every spelling keeps are kept in %s", (script) => {
    fc.assert(
      fc.property(latin, (name) => {
        const key = latinKey(name, script);
        fc.pre(key !== null);
        expect(steadyNumber(name, script)).toBe(steadyNumber(key ?? "", script));
      }),
      { ...settings, numRuns: 3000 },
    );
    expect(steadyNumber("nilma", "cyrillic")).not.toBe(steadyNumber("milna", "cyrillic"));
  });

  test("are those whose spelling in Latin letters is the same", () => {
    const foreign = "хвост аквариум ариа пламиа μελισσες ελπιδα さくら ナイト 하늘 보라".split(" ");
    const spelled = "khvost hvost akvarium aquarium aria plamya melisses elpida sakura haneul bora".split(
      " ",
    );
    const all = [...foreign, ...spelled];
    const index = createScriptIndex(new Map(all.map((key) => [key, key])), foreign);
    const found = all.map((key) => [key, ...index.get(key)].toSorted());
    expect(found).toEqual(
      all.map((key) => [key, ...all.filter((other) => areOneName(key, other))].toSorted()),
    );
    expect(index.get("khvost")).toEqual(["хвост"]);
    expect(index.get("хвост")).toEqual(["khvost", "hvost"]);
  });
});

describe("names that are one name", () => {
  const word = fc.constantFrom(
    ..."Ada Vole The Los Las Die And X Vs V Feat With Y Et E UK US USA Two Third Band Name n St".split(" "),
  );
  const name = fc.array(word, { minLength: 1, maxLength: 6 }).map((list) => list.join(" "));

  test("have no parts and no other spelling", () => {
    fc.assert(
      fc.property(name, (text) => {
        const words = artistWords(text);
        fc.pre(!mayHoldOthers(text, words));
        expect(partsOfCredit(text)).toEqual([]);
        expect(namesOfCredit(text)).toEqual([]);
        expect(otherNames(text, words)).toEqual([]);
      }),
      settings,
    );
    expect(["Ada Vole Band", "The Ada Vole", "Ada"].filter(isOfSeveral)).toEqual([]);
    const several = ["Ada & Vole", "Ada Y Vole", "The Los Voles", "Ada Vole UK", "Ada Two"];
    expect(several.filter(isOfSeveral)).toEqual(several);
  });
});

function isOfSeveral(name: string): boolean {
  return mayHoldOthers(name, artistWords(name));
}

function titleIndexOf(albums: readonly AlbumRow[]): TitleIndex {
  const table = new RowTable(albums);
  const artist = table.addArtist();
  for (const row of albums.keys()) table.put(row, artist);
  table.arrange();
  return new TitleIndex(table, 0);
}

function areOneName(one: string, other: string): boolean {
  if (isInOtherScript(one) === isInOtherScript(other)) return false;
  const script = scriptOf(isInOtherScript(one) ? one : other);
  const name = latinKey(one, script);
  return name !== null && name === latinKey(other, script);
}
