// Every shape of an exported file is recognised by its content alone, and read to the same plays.
import { describe, expect, test } from "vitest";
import { fileFormats, detectFormat } from "../../../src/sources/files/all-formats.ts";
import { exportFormats, type SamplePlay } from "../../support/export-formats.ts";
import { readHistoryContent } from "../../support/read-history.ts";

const plays: readonly SamplePlay[] = [
  { artist: "Can", album: "Tago Mago", title: "Halleluhwah", seconds: 1112 },
  { artist: "Neu!", album: "Neu!", title: "Hallogallo", seconds: 607 },
  { artist: "Björk", album: "Début", title: "Human Behaviour", seconds: 252 },
  { artist: "桃の羽", album: "Ю", title: "歌 #5", seconds: 200 },
].map((play, at) => ({ ...play, startUts: Date.UTC(2024, 1, 3 + at, 20, 17, 5) / 1000 }));

describe.each(exportFormats)(
  "$format $generation",
  ({ format, source, precisionSeconds, hasAlbum, text }) => {
    const content = text(plays);

    test("is recognised, and as nothing else", () => {
      const head = content.replace(/^\ufeff/, "").slice(0, 65_536);
      expect(detectFormat(head)?.name).toBe(format);
      const names = fileFormats.filter(({ detect }) => detect(head)).map(({ name }) => name);
      expect(names).toEqual(names.length === 0 ? [] : [format]);
    });

    test("gives each play with its start, its names and its origin", async () => {
      const history = await readHistoryContent(content);
      expect(history.formats).toEqual([format]);
      const read = history.plays[source] ?? [];
      expect(read.map(({ artist, title, album }) => ({ artist, title, album }))).toEqual(
        plays.map(({ artist, title, album }) => ({ artist, title, album: hasAlbum ? album : "" })),
      );
      expect(new Set(read.map((play) => play.precisionSeconds))).toEqual(new Set([precisionSeconds]));
      const origin = source.startsWith("lastfm") ? "lastfm" : null;
      expect(new Set(read.map((play) => play.origin))).toEqual(new Set([origin]));
      for (const [at, { startUts }] of read.entries()) {
        const real = plays[at]?.startUts ?? 0;
        expect(real - startUts).toBeGreaterThanOrEqual(0);
        expect(real - startUts).toBeLessThan(precisionSeconds);
      }
    });
  },
);

test("has an example of every format", () => {
  const tried = new Set(exportFormats.map(({ format }) => format));
  // This one only names artists.
  expect(fileFormats.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual(["apple-library"]);
});

test.each(["", "\ufeff", " \r\n"])("says of %j that the file is empty", async (content) => {
  await expect(readHistoryContent(content)).rejects.toThrow(/history\.bin: the file is empty$/);
});

test.each([
  ["prose", "Dear diary,\ntoday I heard Can, Tago Mago, and it was good.\n"],
  ["other JSON", '{"version":"1","decisions":[]}'],
  ["a list of words", '["ts","ms_played"]'],
  ["another CSV", "artist,album,title\nCan,Tago Mago,Halleluhwah\n"],
  ["a name that holds a field", '[{"name":"\\"ms_played\\": 1 \\"ts\\": 2"}]'],
])("does not recognise %s as a history", async (_, content) => {
  await expect(readHistoryContent(content)).rejects.toThrow(
    /this is not a listening history that rewind can read/,
  );
});
