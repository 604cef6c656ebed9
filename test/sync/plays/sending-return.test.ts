// Noted, sent and synced back: the figures of a record are those of the same plays scrobbled by a player.
import { expect, test } from "vitest";
import type { ListedTrack } from "../../../src/model/model.ts";
import { sessionOf } from "../../../src/decisions/noted/play-session.ts";
import { playableTracks } from "../../../src/model/playable-tracks.ts";
import { transact } from "../../../src/store/file/database.ts";
import { writeNotedPlays, type NotedPlay, giveToBeSent } from "../../../src/store/decisions/noted-plays.ts";
import { record, credit, listedTrack } from "../../support/filled-cache.ts";
import { makeBench, startMs, type Bench } from "../bench.ts";

const nowUts = startMs / 1000;
function track(position: string, durationSeconds: number | null, artist?: string): ListedTrack {
  const artists = artist === undefined ? [] : [credit(artist)];
  return listedTrack(`Song ${position}`, { position, durationSeconds, artists });
}

const sides = (letters: string, each: number): string[] =>
  letters.split("").flatMap((side) => Array.from({ length: each }, (_, at) => `${side}${at + 1}`));

const shapes: readonly (readonly [string, string, string, readonly ListedTrack[], string])[] = [
  [
    "the second record of a double LP",
    "Cluster",
    "Zuckerzeit",
    sides("ABCD", 4).map((position) => track(position, 240)),
    "CD",
  ],
  [
    "a record without any length",
    "La Düsseldorf",
    "Viva",
    sides("AB", 3).map((position) => track(position, null)),
    "AB",
  ],
  [
    "a compilation",
    "Various",
    "Deutsche Elektronische Musik",
    sides("AB", 4).map((position, at) => track(position, 210, `Singer ${at}`)),
    "AB",
  ],
];

interface Shelf {
  readonly bench: Bench;
  readonly play: NotedPlay;
  readonly releaseId: number;
}

async function shelfWith([, artist, title, tracklist, wanted]: (typeof shapes)[number]): Promise<Shelf> {
  const bench = await makeBench({ records: 20, albums: 20, plays: 40, wants: 2 });
  const owned = record({ artist, title });
  bench.discogs.shelf.records.add(owned);
  bench.discogs.shelf.records.add({ ...owned, instanceId: owned.instanceId + 500_000 });
  const all = playableTracks(tracklist);
  const play = sessionOf({
    uuid: crypto.randomUUID(),
    release: { id: owned.release.id, artist, title, kind: "album" },
    instanceId: owned.instanceId,
    all,
    playedTracks: all.filter(({ side }) => side === null || wanted.includes(side)),
    moment: { kind: "end", uts: nowUts - 3600 },
    note: "",
    nowUts,
  });
  return { bench, play, releaseId: owned.release.id };
}

function figuresOf({ bench, releaseId }: Shelf): unknown[] {
  return bench.database
    .prepare(
      `SELECT play_count, spins, last_spin_uts, last_played_uts, type FROM match JOIN record ON record.id = record_id
       WHERE release_id = ? ORDER BY instance_id`,
    )
    .all(releaseId);
}

test.each(shapes)("%s", async (...shape) => {
  const noting = await shelfWith(shape);
  await noting.bench.sync();
  transact(noting.bench.database, () => {
    writeNotedPlays(noting.bench.database, [noting.play]);
    giveToBeSent(noting.bench.database, noting.play.uuid);
  });
  await noting.bench.sync({ scrobbles: true });
  noting.bench.clock.nowMs += 60_000;
  const back = await noting.bench.sync({ scrobbles: true });
  expect(back.complete).toBe(true);

  const playing = await shelfWith(shape);
  await playing.bench.sync();
  for (const { uts, artist, title, album, albumArtist } of noting.play.tracks) {
    playing.bench.lastfm.listener.plays.add({
      uts: uts ?? 0,
      artist,
      track: title,
      album,
      albumArtist,
      albumMbid: null,
    });
  }
  playing.bench.clock.nowMs += 60_000;
  await playing.bench.sync();
  const figures = figuresOf({ ...playing, releaseId: playing.releaseId });
  expect(figures).toMatchObject([
    { play_count: noting.play.tracks.length, spins: 1 },
    { play_count: noting.play.tracks.length, spins: 1 },
  ]);
  expect(figuresOf(noting)).toEqual(figures);
});
