// A simulated recogniser over invented sessions: nearly all sides are logged right, no record that was not played, and
// each play is sent once through kills. REWIND_SESSIONS=200 runs the whole trial and prints its figures.
import { join } from "node:path";
import { expect, test } from "vitest";
import { logRecognised } from "../../../src/decisions/recognised/log-recognised.ts";
import { shelfTracks } from "../../../src/decisions/recognised/shelf-tracks.ts";
import { pendingSides } from "../../../src/decisions/recognised/pending-sides.ts";
import type { PlaySending } from "../../../src/sources/services/listening-service.ts";
import { listNotedPlays, type NotedPlay } from "../../../src/store/decisions/noted-plays.ts";
import { transact, type Database } from "../../../src/store/file/database.ts";
import { keepTracklist } from "../../../src/store/shelf/tracklists.ts";
import { giveRecognised, sendNoted } from "../../../src/sync/plays/sending.ts";
import { fillDatabase, openCache } from "../../support/filled-cache.ts";
import { seeded } from "../../support/random.ts";
import { tempDirectory } from "../../support/temp.ts";
import {
  inventSession,
  inventShelf,
  type PlayedSide,
  type Session,
  type ShelvedAlbum,
} from "./turntable-sessions.ts";
import { rounds } from "../../support/sample.ts";

const count = rounds("REWIND_SESSIONS", { few: 3, whole: 12 });
const seed = Number(process.env["REWIND_SESSION_SEED"] ?? 1);
const firstUts = 1_760_000_000;
const daySeconds = 86_400;

class Killed extends Error {}

/** Delivers the lines of a session. A line that was cut off by a kill is sent again. */
function deliver(database: Database, { lines }: Session, random: () => number): void {
  const shelf = shelfTracks(database);
  for (const line of lines) {
    if (random() < 0.05) {
      try {
        transact(database, () => {
          logRecognised(database, shelf, [line], line.uts);
          throw new Killed();
        });
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      }
    }
    logRecognised(database, shelf, [line], line.uts);
    // It was killed before its answer arrived.
    if (random() < 0.05) logRecognised(database, shelf, [line], line.uts);
  }
}

/** A service that drops plays that it has, and often fails after it stored some. */
function service(random: () => number): PlaySending & { readonly stored: ReadonlySet<string> } {
  const stored = new Set<string>();
  return {
    stored,
    owner: () => Promise.resolve("NightOwl"),
    scrobble(plays) {
      const isFailing = random() < 0.4;
      for (const play of plays.slice(0, isFailing ? Math.floor(random() * plays.length) : plays.length)) {
        stored.add(`${play.artist}|${play.title}|${play.uts}`);
      }
      if (isFailing) throw new Killed();
      return Promise.resolve(plays.map(() => ({ isStored: true })));
    },
  };
}

async function sendAll(database: Database, desk: PlaySending, nowUts: number): Promise<void> {
  transact(database, () => giveRecognised(database, "lastfm", nowUts));
  for (;;) {
    try {
      await sendNoted({
        database,
        target: "lastfm",
        service: desk,
        username: "NightOwl",
        isHistoryRead: false,
        nowUts: 0,
        call: {},
        write: (work) => transact(database, work),
      });
      return;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
}

interface Figures {
  sides: number;
  right: number;
  pending: number;
  tooFewHeard: number;
  wrong: string[];
  false: string[];
}

function judge(database: Database, session: Session, shelf: readonly ShelvedAlbum[], figures: Figures): void {
  const first = session.sides[0]?.tracks[0]?.uts ?? 0;
  const plays = listNotedPlays(database).filter(
    ({ startUts }) => startUts > first - 3600 && startUts < session.endUts,
  );
  const waiting = pendingSides(database, shelfTracks(database));
  for (const play of plays) {
    const isPlayed = session.sides.some(
      ({ album, tracks }) =>
        album.record.release.id === play.releaseId &&
        play.startUts < (tracks.at(-1)?.uts ?? 0) + 600 &&
        play.toUts > (tracks[0]?.uts ?? 0),
    );
    if (!isPlayed) figures.false.push(`${play.releaseId} at ${play.startUts - first}: ${positions(play)}`);
  }
  for (const side of session.sides) {
    const heard = side.tracks.filter(({ isHeard }) => isHeard);
    if (heard.length === 0) continue;
    const ofTurn = new Set(
      session.sides
        .filter(({ turn }) => turn === side.turn)
        .flatMap(({ tracks }) => tracks.flatMap(({ index, isHeard }) => (isHeard ? [index] : []))),
    );
    if (ofTurn.size < 2) {
      figures.tooFewHeard += 1;
      continue;
    }
    figures.sides += 1;
    const found = plays.filter((play) => isOf(play, side));
    if (found.length === 1 && isRight(found[0] as NotedPlay, side)) {
      figures.right += 1;
      continue;
    }
    const titles = [...ofTurn].map((index) => side.album.tracks[index]?.title ?? "");
    const others = shelf.filter(
      ({ record, tracks }) =>
        record.release.id !== side.album.record.release.id &&
        titles.every((title) => tracks.some((track) => track.title === title)),
    );
    const isWaiting = waiting.some(
      ({ tracks, releases }) =>
        tracks.some(({ uts }) => uts >= (heard[0]?.uts ?? 0) && uts <= (heard.at(-1)?.uts ?? 0) + 500) &&
        releases.some(({ id }) => id === side.album.record.release.id),
    );
    if (found.length === 0 && isWaiting && others.length > 0) figures.pending += 1;
    else {
      const real = side.tracks.map(
        ({ index, isHeard }) => `${side.album.tracks[index]?.position}${isHeard ? "" : "?"}`,
      );
      const logged = plays.filter((play) => Math.abs(play.startUts - (side.tracks[0]?.uts ?? 0)) < 1500);
      figures.wrong.push(
        `${side.album.record.release.title} ${real.join(" ")} -> ${logged.map((play) => `${play.releaseId === side.album.record.release.id ? "" : "other "}${positions(play)}`).join("; ")} waiting ${isWaiting} others ${others.length}`,
      );
    }
  }
}

function positions({ tracks }: NotedPlay): string {
  return tracks.map(({ position, isInferred }) => `${position}${isInferred ? "?" : ""}`).join(" ");
}

function isOf(play: NotedPlay, { album, tracks }: PlayedSide): boolean {
  const [from, to] = [tracks[0]?.uts ?? 0, (tracks.at(-1)?.uts ?? 0) + 120];
  const own = new Set(tracks.map(({ index }) => album.tracks[index]?.position));
  return (
    play.releaseId === album.record.release.id &&
    play.lastUts > from - 300 &&
    play.startUts < to &&
    play.tracks.some(({ position }) => own.has(position))
  );
}

/** Every track up to the last one that was heard, marked and timed as it was. */
function isRight({ tracks }: NotedPlay, side: PlayedSide): boolean {
  const until = side.tracks.findLastIndex(({ isHeard }) => isHeard);
  const real = side.tracks.slice(0, until + 1);
  return (
    tracks.length === real.length &&
    real.every(({ index, uts, isHeard }, at) => {
      const track = tracks[at];
      return (
        track?.position === side.album.tracks[index]?.position &&
        track?.isInferred === !isHeard &&
        Math.abs((track?.uts ?? 0) - uts) < 420
      );
    })
  );
}

test(`${count} simulated sessions`, { timeout: 60_000 + count * 5_000 }, async () => {
  const random = seeded(seed);
  const shelf = inventShelf(random);
  const database = openCache(join(tempDirectory(), "rewind.db"));
  const figures: Figures = { sides: 0, right: 0, pending: 0, tooFewHeard: 0, wrong: [], false: [] };
  try {
    await fillDatabase(database, { records: shelf.map(({ record }) => record) });
    transact(database, () => {
      for (const { record, tracks } of shelf) keepTracklist(database, record.release.id, tracks, 1);
    });
    const desk = service(random);
    let lines = 0;
    for (let nth = 0; nth < count; nth += 1) {
      const session = inventSession(random, shelf, firstUts + nth * daySeconds);
      lines += session.lines.length;
      deliver(database, session, random);
      judge(database, session, shelf, figures);
      const before = listNotedPlays(database);
      deliver(database, { ...session, lines: session.lines.toReversed() }, random);
      expect(listNotedPlays(database)).toEqual(before);
      await sendAll(database, desk, session.endUts + 7200);
    }
    const tracks = listNotedPlays(database).flatMap((play) => play.tracks);
    expect(tracks.filter(({ state }) => state !== "sent")).toEqual([]);
    expect(desk.stored.size).toBe(tracks.length);
    const share = (figures.right + figures.pending) / figures.sides;
    if (process.env["REWIND_SESSIONS"] !== undefined) {
      process.stdout.write(
        `${count} sessions, ${lines} lines, ${figures.sides} sides: ${figures.right} logged right, ${figures.pending} pending because several records fit, ` +
          `${figures.wrong.length} not (${(share * 100).toFixed(1)} % right), ${figures.false.length} false; ` +
          `${figures.tooFewHeard} sides with one track heard of their record; ${tracks.length} plays sent once\n${[...figures.false.map((each) => `not played: ${each}`), ...figures.wrong].join("\n")}\n`,
      );
    }
    expect(figures.false).toEqual([]);
    expect(share).toBeGreaterThanOrEqual(0.98);
  } finally {
    database.close();
  }
});
