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
      const options = { apiKey: world.apiKey, signing, user: world.listener.name, url: server.url, path };
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

/** Describes each track that was stored another number of times than its state says. */
function flaws(
  now: readonly NotedPlay[],
  invented: ReturnType<typeof inventPlays>,
  desk: ScrobbleDesk,
  nowUts: number,
): string[] {
  const stored = desk.stored.map(({ artist, track, uts }) => `${artist}|${track}|${uts}`);
  const wrongs: string[] = [];
  const known = new Set<string>();
  for (const { play, isGiven } of invented) {
    const found = now.find(({ uuid }) => uuid === play.uuid);
    play.tracks.forEach(({ artist, title, uts }, at) => {
      const { lastfmState: state, lastfmReason: reason, ...track } = found?.tracks[at] ?? notedTrack();
      const key = `${artist}|${title}|${uts}`;
      known.add(key);
      const times = stored.filter((each) => each === key).length;
      // A track that may have been stored and is too old to be asked about is left to the next sync.
      const isLeft = state === "unknown" && (uts ?? 0) < nowUts - 13 * daySeconds;
      const isRight = !isGiven
        ? state === null && times === 0
        : (state === "sent" && times === 1) ||
          (state === "ignored" && times === 0 && reason !== null) ||
          (isLeft && times <= 1);
      if (!isRight || track.title !== title || track.uts !== uts)
        wrongs.push(`${key}: ${state} (${reason}), stored ${times} times`);
    });
  }
  return [...wrongs, ...stored.filter((key) => !known.has(key)).map((key) => `nobody noted ${key}`)];
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
