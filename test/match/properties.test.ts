import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMatcher, type AlbumRow } from "../../src/match/matcher.ts";
import { fold } from "../../src/match/text/fold.ts";
import { toEditionKey, parseTitle } from "../../src/match/titles/title.ts";
import { isFullRun } from "../support/sampling.ts";
import { buildRelease } from "./scenarios.ts";

const settings = { seed: 20260314, numRuns: isFullRun ? 1_000 : 250 };

const wordArbitrary = fc.constantFrom(
  ..."Night,River,live,the,and,&,Of,Two,II,3,Vol. 2,Deluxe,(Remastered),[Disc 1],- EP,(Live)".split(","),
  ..."é,東京,Любовь,×,Edition,: Part 1,/,=,Best,Héroes,12\",…,',feat.,(,)".split(","),
);
/** Titles as they come: words that mean something to the matcher, and anything at all. */
const titleArbitrary = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(wordArbitrary, { minLength: 1, maxLength: 6 }).map((list) => list.join(" ")),
  },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 30 }) },
);
const artistArbitrary = fc.constantFrom(
  "Low",
  "The Sea And Cake",
  "Ida & Mono",
  "Señor Coconut",
  "大貫妙子",
  "Ghost (32)",
  "Beatles, The",
);
const rowArbitrary = fc.record({ artist: artistArbitrary, title: titleArbitrary });

function buildRows(given: readonly { artist: string; title: string }[], from = 1): AlbumRow[] {
  return given.map((one, at) => ({ ...one, id: from + at, playCount: (at * 7) % 5 }));
}

const isBlank = (text: string): boolean => text.trim() === "";
const isPlaceholder = (text: string): boolean =>
  /^\W*(na|null|undefined|unknown( album)?|no ?album|no ?title)\W*$/i.test(fold(text));

test("folding is idempotent, and neither it nor cutting tails blanks a title", () => {
  fc.assert(
    fc.property(titleArbitrary, (text) => {
      const folded = fold(text);
      expect(fold(folded)).toBe(folded);
      fc.pre(!isBlank(text));
      const { core, stem, key } = parseTitle(text);
      for (const left of [folded, core, stem, key, toEditionKey("Low", text)])
        expect(isBlank(left)).toBe(false);
    }),
    settings,
  );
});

describe("matching", () => {
  test("matches a record exactly if its own title is an album", () => {
    fc.assert(
      fc.property(rowArbitrary, fc.array(rowArbitrary, { maxLength: 6 }), (own, others) => {
        fc.pre(!isBlank(own.title) && !isPlaceholder(own.title));
        const match = createMatcher(buildRows([...others, own])).match(buildRelease(own.artist, own.title));
        expect(match.type).toBe("exact");
        expect(match.credited.map((credit) => credit.album.id)).toContain(others.length + 1);
      }),
      settings,
    );
  });

  test("the order of the rows, unrelated artists and an explanation change no verdict, and no album comes twice", () => {
    fc.assert(
      fc.property(
        rowArbitrary,
        fc.array(rowArbitrary, { maxLength: 8 }),
        fc.array(titleArbitrary, { maxLength: 5 }),
        fc.nat(),
        (own, rows, titles, turn) => {
          const albums = buildRows(rows);
          const record = buildRelease(own.artist, own.title);
          const verdict = createMatcher(albums).match(record);
          const at = turn % Math.max(1, albums.length);
          const turned = [...albums.slice(at), ...albums.slice(0, at)].toReversed();
          const strangers = buildRows(
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

  test("gives the same result whatever was matched before", () => {
    fc.assert(
      fc.property(
        fc.array(rowArbitrary, { minLength: 1, maxLength: 8 }),
        fc.array(rowArbitrary, { minLength: 1, maxLength: 6 }),
        (rows, records) => {
          const matcher = createMatcher(buildRows(rows));
          for (const one of records) matcher.match(buildRelease(one.artist, one.title));
          for (const one of records) {
            const fresh = createMatcher(buildRows(rows)).match(buildRelease(one.artist, one.title));
            expect(matcher.match(buildRelease(one.artist, one.title))).toEqual(fresh);
          }
        },
      ),
      settings,
    );
  });

  test("never matches exactly if a number is changed on one side", () => {
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
        const albums = buildRows([{ artist: "Low", title: `${text} ${theirs.spell(theirs.at)}` }]);
        expect(
          createMatcher(albums).match(buildRelease("Low", `${text} ${mine.spell(mine.at)}`)).type,
        ).not.toBe("exact");
      }),
      settings,
    );
  });
});
