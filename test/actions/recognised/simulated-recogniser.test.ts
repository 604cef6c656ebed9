// A simulated recogniser over invented sessions: nearly all sides are logged right, and no record that was not played.
// REWIND_SESSIONS=200 runs the whole trial and prints its figures.
import { expect, test } from "vitest";
import { logRecognised } from "../../../src/actions/recognised/log-recognised.ts";
import { createTrackIndex } from "../../../src/actions/recognised/track-index.ts";
import { readPendingSides } from "../../../src/actions/recognised/pending-sides.ts";
import { readLoggedPlays, type LoggedPlay } from "../../../src/store/decisions/logged-plays.ts";
import { transact, type Database } from "../../../src/store/file/database.ts";
import { saveTracklist } from "../../../src/store/shelf/tracklists.ts";
import { fillDatabase, createTestCache } from "../../support/filled-cache.ts";
import { createSeededRandom } from "../../support/random.ts";
import {
  generateSession,
  generateCollection,
  type PlayedSide,
  type Session,
  type ShelvedAlbum,
} from "./simulated-sessions.ts";
import { getRoundCount } from "../../support/sampling.ts";

const count = getRoundCount("REWIND_SESSIONS", { few: 2, whole: 4 });
const seed = Number(process.env["REWIND_SESSION_SEED"] ?? 1);
const firstUts = 1_760_000_000;
const daySeconds = 86_400;

/** Delivers the lines of a session. A line whose answer was lost is sent again. */
function deliverLines(database: Database, { lines }: Session, random: () => number): void {
  const shelf = createTrackIndex(database);
  for (const line of lines) {
    logRecognised(database, shelf, [line], line.uts);
    if (random() < 0.05) logRecognised(database, shelf, [line], line.uts);
  }
}

interface Figures {
  sides: number;
  /** Logged right, or left to the user because several records fit. */
  right: number;
  readonly wrong: string[];
  /** Plays of records that were not on. */
  readonly notPlayed: string[];
}

function judgeSession(
  database: Database,
  session: Session,
  shelf: readonly ShelvedAlbum[],
  figures: Figures,
): void {
  const first = session.sides[0]?.tracks[0]?.uts ?? 0;
  const plays = readLoggedPlays(database).filter(
    ({ startUts }) => startUts > first - 3600 && startUts < session.endUts,
  );
  const pending = readPendingSides(database, createTrackIndex(database));
  for (const play of plays) {
    const isPlayed = session.sides.some(
      ({ album, tracks }) =>
        album.record.release.id === play.releaseId &&
        play.startUts < (tracks.at(-1)?.uts ?? 0) + 600 &&
        play.toUts > (tracks[0]?.uts ?? 0),
    );
    if (!isPlayed) figures.notPlayed.push(`${play.releaseId} at ${play.startUts - first}`);
  }
  for (const side of session.sides) {
    const heard = side.tracks.filter(({ isHeard }) => isHeard);
    const ofTurn = new Set(
      session.sides
        .filter(({ turn }) => turn === side.turn)
        .flatMap(({ tracks }) => tracks.flatMap(({ index, isHeard }) => (isHeard ? [index] : []))),
    );
    // One track says too little.
    if (heard.length === 0 || ofTurn.size < 2) continue;
    figures.sides += 1;
    const { id, title } = side.album.record.release;
    const logged = plays.filter((play) => isPlayOfSide(play, side));
    const titles = [...ofTurn].map((index) => side.album.tracks[index]?.title ?? "");
    const isAmbiguous = shelf.some(
      ({ record, tracks }) =>
        record.release.id !== id && titles.every((name) => tracks.some((track) => track.title === name)),
    );
    const isPending = pending.some(
      ({ tracks, releases }) =>
        tracks.some(({ uts }) => uts >= (heard[0]?.uts ?? 0) && uts <= (heard.at(-1)?.uts ?? 0) + 500) &&
        releases.some((release) => release.id === id),
    );
    const isLogged = logged.length === 1 && isLoggedRight(logged[0] as LoggedPlay, side);
    if (isLogged || (logged.length === 0 && isAmbiguous && isPending)) figures.right += 1;
    else figures.wrong.push(`${title} at ${(side.tracks[0]?.uts ?? 0) - first}: ${logged.length} logged`);
  }
}

function isPlayOfSide(play: LoggedPlay, { album, tracks }: PlayedSide): boolean {
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
function isLoggedRight({ tracks }: LoggedPlay, side: PlayedSide): boolean {
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

test(
  `logs the sides played in ${count} simulated sessions`,
  { timeout: 60_000 + count * 5_000 },
  async () => {
    const random = createSeededRandom(seed);
    const shelf = generateCollection(random);
    const database = createTestCache();
    const figures: Figures = { sides: 0, right: 0, wrong: [], notPlayed: [] };
    await fillDatabase(database, { records: shelf.map(({ record }) => record) });
    transact(database, () => {
      for (const { record, tracks } of shelf) saveTracklist(database, record.release.id, tracks, 1);
    });
    for (let nth = 0; nth < count; nth += 1) {
      const session = generateSession(random, shelf, firstUts + nth * daySeconds);
      deliverLines(database, session, random);
      judgeSession(database, session, shelf, figures);
      const before = readLoggedPlays(database);
      deliverLines(database, { ...session, lines: session.lines.toReversed() }, random);
      expect(readLoggedPlays(database)).toEqual(before);
    }
    if (process.env["REWIND_SESSIONS"] !== undefined) console.log(JSON.stringify(figures, null, 2));
    expect(figures.notPlayed).toEqual([]);
    expect(figures.right / figures.sides).toBeGreaterThanOrEqual(0.98);
  },
);
