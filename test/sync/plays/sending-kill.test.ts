// kill -9 and faults at every point of the sending: each play that was given is stored once, or kept with the reason.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { transact, type Database } from "../../../src/store/file/database.ts";
import {
  listNotedPlays,
  writeNotedPlays,
  type NotedPlay,
  giveToBeSent,
  waitingTracks,
} from "../../../src/store/decisions/noted-plays.ts";
import { sendableSeconds } from "../../../src/sync/plays/sending.ts";
import { cut, cutBody, lastfmError, lost, truncated, type Fault } from "../../support/faults.ts";
import { startLastfm } from "../../support/lastfm-stand-in.ts";
import { notedPlay, notedTrack } from "../../support/noted.ts";
import { between, pick, seeded } from "../../support/random.ts";
import { realPause } from "../../support/real-time.ts";
import { scrobbleDesk, type ScrobbleDesk } from "../../support/scrobble-desk.ts";
import { tempDirectory } from "../../support/temp.ts";
import { makeLastfmWorld } from "../../support/world.ts";
import { withCache } from "../../support/filled-cache.ts";
import { rounds } from "../../support/sample.ts";

const runs = rounds("REWIND_SENDINGS", { few: 1, whole: 3 });
const firstSeed = Number(process.env["REWIND_SENDING_SEED"] ?? 1);
const child = fileURLToPath(new URL("send-child.mjs", import.meta.url));
const signing = { sharedSecret: "shared0secret0of0the0trial000000", session: "session-of-the-trial" };
const startUts = 1_760_000_000;
const daySeconds = 86_400;

/** Sessions of all kinds: too old, too short, of artists that are refused, given and not. */
function inventPlays(random: () => number): { readonly play: NotedPlay; readonly isGiven: boolean }[] {
  return Array.from({ length: between(random, 2, 9) }, (_, session) => {
    const uts = startUts - between(random, 1, 16 * daySeconds);
    const tracks = Array.from({ length: between(random, 1, 40) }, (__, at) =>
      notedTrack({
        artist: pick(random, ["Can", "Sigur Rós", "Various Artists", "AC/DC & friends", "坂本龍一"]),
        title: `Track ${session}.${at} = 100% + & "é"`,
        album: pick(random, ["", "Tago Mago", "( )"]),
        albumArtist: pick(random, ["Can", "Various Artists", ""]),
        durationSeconds: between(random, 20, 400),
        isGuessed: random() < 0.4,
        uts: uts + at * 60,
      }),
    );
    return {
      play: notedPlay({ releaseId: session + 1, from: new Date(uts * 1000).toISOString(), tracks }),
      isGiven: random() < 0.85,
    };
  });
}

const faults: readonly Fault[] = [
  lost,
  cut,
  cutBody,
  truncated,
  lastfmError(8),
  lastfmError(11),
  lastfmError(16),
  lastfmError(29),
  { kind: "edit", edit: () => ({ scrobbles: {} }) },
];

/** How one try goes: what goes wrong with its requests, and where it is killed. */
interface Trouble {
  readonly faultRate: number;
  readonly killAt: { readonly request: number; readonly isStored: boolean; readonly ms: number } | null;
}

async function trial(seed: number): Promise<string[]> {
  const random = seeded(seed);
  const path = join(tempDirectory("rewind-sending"), "rewind.db");
  const invented = inventPlays(random);
  withCache(path, (database) =>
    transact(database, () => {
      writeNotedPlays(
        database,
        invented.map(({ play }) => play),
      );
      for (const { play, isGiven } of invented) if (isGiven) giveToBeSent(database, play.uuid, ["lastfm"]);
    }),
  );
  const world = makeLastfmWorld();
  let nowUts = startUts;
  const desk = scrobbleDesk(world, {
    secret: signing.sharedSecret,
    nowMs: () => nowUts * 1000,
    perDay: between(random, 10, 200),
    ignores: ({ track }) => (track.startsWith("Track 1.3 ") ? 2 : 0),
  });
  desk.sessions.set(signing.session, world.listener.name);
  const server = await startLastfm(world, { limit: null, desk });
  try {
    const attempt = async (trouble: Trouble): Promise<void> => {
      let running: ReturnType<typeof spawn> | null = null;
      let seen = 0;
      server.behaviour.onRequest = async () => {
        seen += 1;
        if (trouble.killAt?.request === seen) {
          const { isStored, ms } = trouble.killAt;
          if (isStored) {
            void realPause(ms).then(() => running?.kill("SIGKILL"));
            return ms % 2 === 0 ? { kind: "hang" } : undefined;
          }
          running?.kill("SIGKILL");
          return lost;
        }
        return random() < trouble.faultRate ? pick(random, faults) : undefined;
      };
      const options = {
        apiKey: world.apiKey,
        signing,
        user: world.listener.name,
        url: server.url,
        path,
      };
      running = spawn(process.execPath, [child, JSON.stringify(options)], { stdio: "ignore" });
      const started = running;
      await new Promise((resolve) => started.on("close", resolve));
    };
    for (let left = between(random, 1, 3); left > 0; left -= 1) {
      await attempt({
        faultRate: pick(random, [0, 0.3, 0.9]),
        killAt:
          random() < 0.8
            ? { request: between(random, 1, 6), isStored: random() < 0.6, ms: between(random, 0, 12) }
            : null,
      });
      nowUts += pick(random, [60, daySeconds]);
    }
    for (let days = 0; days < 40 && withCache(path, countSendable(nowUts)) > 0; days += 1) {
      await attempt({ faultRate: 0, killAt: null });
      nowUts += daySeconds;
    }
    return withCache(path, (database) => flaws(listNotedPlays(database), invented, desk, nowUts));
  } finally {
    await server.close();
  }
}

function countSendable(nowUts: number) {
  return (database: Database): number =>
    waitingTracks(database, null, { target: "lastfm", withQueued: false, most: 1e6 }).filter(
      ({ uts }) => uts >= nowUts - sendableSeconds,
    ).length;
}

function keyOf(artist: string, track: string, uts: number | null): string {
  return [artist, track, uts].join("|");
}

/** Describes what is wrong. */
function flaws(
  now: readonly NotedPlay[],
  invented: ReturnType<typeof inventPlays>,
  desk: ScrobbleDesk,
  nowUts: number,
): string[] {
  const stored = new Map<string, number>();
  for (const { artist, track, uts } of desk.stored) {
    const key = keyOf(artist, track, uts);
    stored.set(key, (stored.get(key) ?? 0) + 1);
  }
  const wrongs: string[] = [];
  for (const { play, isGiven } of invented) {
    const found = now.find(({ uuid }) => uuid === play.uuid);
    play.tracks.forEach((before, at) => {
      const track = found?.tracks[at];
      const key = keyOf(before.artist, before.title, before.uts);
      const times = stored.get(key) ?? 0;
      stored.delete(key);
      const told = `${key}: ${track?.lastfmState} (${track?.lastfmReason}), stored ${times} times`;
      if (track === undefined || track.title !== before.title || track.uts !== before.uts)
        wrongs.push(`changed: ${told}`);
      else if (!isGiven) {
        if (times > 0 || track.lastfmState !== null) wrongs.push(`was not given: ${told}`);
      } else if (track.lastfmState === "sent") {
        if (times !== 1) wrongs.push(`sent: ${told}`);
      } else if (track.lastfmState === "ignored") {
        if (times !== 0 || track.lastfmReason === null) wrongs.push(`ignored: ${told}`);
      } else if ((track.uts ?? 0) >= nowUts - 13 * daySeconds) wrongs.push(`waits: ${told}`);
      // Only what may have been stored and is too old to be asked about is left to the next sync.
      else if (track.lastfmState !== "unknown" || times > 1) wrongs.push(`waits: ${told}`);
    });
  }
  return [...wrongs, ...[...stored.keys()].map((key) => `nobody noted ${key}`)];
}

test(
  `${runs} runs of kills and faults: each play is stored once, or kept with the reason`,
  { timeout: 60_000 + runs * 20_000 },
  async () => {
    const wrongs: string[] = [];
    for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
      wrongs.push(...(await trial(seed)).map((wrong) => `seed ${seed}: ${wrong}`));
    }
    expect(wrongs).toEqual([]);
  },
);
