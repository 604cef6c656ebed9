// The lines of an export are written as text. They are what an encoder of JSON would make of the same play.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { HistoryPlay, SourcePlay } from "../../../src/model/listening-sources.ts";
import { renderExportLine } from "../../../src/sources/files/rewind-export.ts";
import { encodeListen } from "../../../src/sources/listenbrainz/listen-encoding.ts";

const text = fc.string({ unit: "binary", maxLength: 8 });
const textOrNull = fc.option(text);
const playArbitrary: fc.Arbitrary<SourcePlay> = fc.record(
  {
    startUts: fc.integer({ min: 0, max: 2 ** 31 }),
    precisionSeconds: fc.constantFrom<(1 | 60 | 86400)[]>(1, 60, 86400),
    artist: text,
    albumArtist: textOrNull,
    album: text,
    title: text,
    durationSeconds: fc.option(fc.nat()),
    recordingMbid: textOrNull,
    releaseMbid: textOrNull,
    releaseGroupMbid: textOrNull,
    origin: fc.constantFrom<("lastfm" | "spotify" | null)[]>("lastfm", "spotify", null),
    isEndStamped: fc.boolean(),
    hasOwnAlbum: fc.boolean(),
    sourceKey: textOrNull,
    client: text,
    artistMbids: fc.array(text),
    tags: fc.array(text),
  },
  {
    noNullPrototype: true,
    requiredKeys: [
      "startUts",
      "precisionSeconds",
      "artist",
      "albumArtist",
      "album",
      "title",
      "durationSeconds",
      "recordingMbid",
      "releaseMbid",
      "releaseGroupMbid",
      "origin",
      "isEndStamped",
      "hasOwnAlbum",
      "sourceKey",
    ],
  },
);

test("a line is the JSON of the listen with what the source says otherwise", () => {
  fc.assert(
    fc.property(playArbitrary, playArbitrary, (whole, reported) => {
      const play: HistoryPlay = {
        ...whole,
        reports: [
          { source: "own", play: whole },
          { source: 'a"b', play: reported },
        ],
      };
      const line = renderExportLine(play);
      const parsed = JSON.parse(line) as ReturnType<typeof encodeListen>;
      expect(line).toBe(JSON.stringify(parsed));
      const { rewind_sources: sources, ...info } = parsed.track_metadata.additional_info;
      const { listened_at, track_metadata } = encodeListen(play);
      expect({ ...parsed, track_metadata: { ...parsed.track_metadata, additional_info: info } }).toEqual({
        listened_at,
        track_metadata: { ...track_metadata, mbid_mapping: null },
      });
      expect(sources).toMatchObject([{ source: "own" }, { source: 'a"b' }]);
    }),
  );
});
