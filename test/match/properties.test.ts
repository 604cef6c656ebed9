import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMatcher, type AlbumRow } from "../../src/match/matcher.ts";
import { fold } from "../../src/match/text/fold.ts";
import { editionKey, parseTitle } from "../../src/match/titles/title.ts";
import { isWhole } from "../support/sample.ts";
import { release } from "./scenarios.ts";

const settings = { seed: 20260314, numRuns: isWhole ? 1_000 : 250 };

const words = fc.constantFrom(
  ..."Night,River,live,the,and,&,Of,Two,II,3,Vol. 2,Deluxe,(Remastered),[Disc 1],- EP,(Live)".split(","),
  ..."é,東京,Любовь,×,Edition,: Part 1,/,=,Best,Héroes,12\",…,',feat.,(,)".split(","),
);
/** Titles as they come: words that mean something to the matcher, and anything at all. */
const title = fc.oneof(
  { weight: 3, arbitrary: fc.array(words, { minLength: 1, maxLength: 6 }).map((list) => list.join(" ")) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 30 }) },
);
const artist = fc.constantFrom(
  "Low",
  "The Sea And Cake",
  "Ida & Mono",
  "Señor Coconut",
  "大貫妙子",
  "Ghost (32)",
  "Beatles, The",
);
const row = fc.record({ artist, title });

function library(given: readonly { artist: string; title: string }[], from = 1): AlbumRow[] {
  return given.map((one, at) => ({ ...one, id: from + at, playCount: (at * 7) % 5 }));
}

const isBlank = (text: string): boolean => text.trim() === "";
const isPlaceholder = (text: string): boolean =>
  /^\W*(na|null|undefined|unknown( album)?|no ?album|no ?title)\W*$/i.test(fold(text));

test("folding is idempotent, and neither it nor cutting tails blanks a title", () => {
  fc.assert(
    fc.property(title, (text) => {
      const folded = fold(text);
      expect(fold(folded)).toBe(folded);
      fc.pre(!isBlank(text));
      const { core, stem, key } = parseTitle(text);
      for (const left of [folded, core, stem, key, editionKey("Low", text)])
        expect(isBlank(left)).toBe(false);
    }),
    settings,
  );
});

describe("matching", () => {
  test("a record whose own title is an album is exact", () => {
    fc.assert(
      fc.property(row, fc.array(row, { maxLength: 6 }), (own, others) => {
        fc.pre(!isBlank(own.title) && !isPlaceholder(own.title));
        const match = createMatcher(library([...others, own])).match(release(own.artist, own.title));
        expect(match.type).toBe("exact");
        expect(match.credited.map((credit) => credit.album.id)).toContain(others.length + 1);
      }),
      settings,
    );
  });

  test("the order of the rows, unrelated artists and an explanation change no verdict, and no album comes twice", () => {
    fc.assert(
      fc.property(
        row,
        fc.array(row, { maxLength: 8 }),
        fc.array(title, { maxLength: 5 }),
        fc.nat(),
        (own, rows, titles, turn) => {
          const albums = library(rows);
          const record = release(own.artist, own.title);
          const verdict = createMatcher(albums).match(record);
          const at = turn % Math.max(1, albums.length);
          const turned = [...albums.slice(at), ...albums.slice(0, at)].toReversed();
          const strangers = library(
            titles.map((text) => ({ artist: "Zoltan Quist", title: text })),
            1000,
          );
          const { rejected, ...explained } = createMatcher([...strangers, ...turned]).explain(record);
          expect(explained).toEqual(verdict);
          const ids = [...verdict.credited, ...rejected].map((one) => one.album.id);
          expect(new Set(ids).size).toBe(ids.length);
        },
      ),
      settings,
    );
  });

  test("what was matched before never changes a result", () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        fc.array(row, { minLength: 1, maxLength: 6 }),
        (rows, records) => {
          const matcher = createMatcher(library(rows));
          for (const one of records) matcher.match(release(one.artist, one.title));
          for (const one of records) {
            const fresh = createMatcher(library(rows)).match(release(one.artist, one.title));
            expect(matcher.match(release(one.artist, one.title))).toEqual(fresh);
          }
        },
      ),
      settings,
    );
  });

  test("a number changed on one side is never exact", () => {
    const plain = fc.array(fc.constantFrom("Night", "River", "Songs", "From", "The", "Любовь", "東京"), {
      minLength: 1,
      maxLength: 4,
    });
    const spelled = fc.constantFrom(
      (at: number) => `${at}`,
      (at: number) => ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][at - 1] ?? "X",
      (at: number) => `Vol. ${at}`,
      (at: number) =>
        `Part ${["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"][at - 1] ?? "Ten"}`,
      (at: number) => `(Disc ${at})`,
    );
    const numbered = fc.record({ at: fc.integer({ min: 1, max: 9 }), spell: spelled });
    fc.assert(
      fc.property(plain, numbered, numbered, (base, mine, theirs) => {
        fc.pre(mine.at !== theirs.at);
        const text = base.join(" ");
        const albums = library([{ artist: "Low", title: `${text} ${theirs.spell(theirs.at)}` }]);
        expect(createMatcher(albums).match(release("Low", `${text} ${mine.spell(mine.at)}`)).type).not.toBe(
          "exact",
        );
      }),
      settings,
    );
  });
});
