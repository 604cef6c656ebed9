// Takes scrobbles for the stand-in of Last.fm. It shares nothing with the client.
import { createHash } from "node:crypto";
import { respondWithLastfmError } from "./response-faults.ts";
import type { ServiceAnswer } from "./fake-service.ts";
import type { LastfmData, LastfmAccount } from "./service-data.ts";

interface AcceptedPlay {
  readonly user: string;
  readonly artist: string;
  readonly track: string;
  readonly uts: number;
  readonly album: string;
  readonly albumArtist: string;
}

export interface FakeScrobblerOptions {
  readonly secret: string;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Plays that are taken a day. */
  readonly perDay?: number;
  /** The code with which a play is ignored that nothing else speaks against; 0: it is taken. */
  readonly ignores?: (play: AcceptedPlay) => number;
}

export type FakeScrobbler = ReturnType<typeof createFakeScrobbler>;

const maxPlays = 50;
const dayMs = 86_400_000;

export function createFakeScrobbler(fixture: LastfmData, settings: FakeScrobblerOptions) {
  const { secret, nowMs } = settings;
  const known = new Set<string>();
  const takenOn = new Map<number, number>();
  const findAccount = (user: string): LastfmAccount | undefined =>
    [fixture.listener, ...fixture.others].find(({ name }) => name === user);

  /** 0: it is kept, or was before. */
  const acceptPlay = (play: AcceptedPlay): number => {
    const now = nowMs();
    if (/^various(?: artists)?$/i.test(play.artist)) return 1;
    if (play.uts * 1000 < now - 14 * dayMs) return 3;
    if (play.uts * 1000 > now + dayMs) return 4;
    const code = scrobbler.ignores(play);
    if (code !== 0) return code;
    const key = [play.user, play.artist, play.track, play.uts].join("\u0000");
    if (known.has(key)) {
      scrobbler.dropped += 1;
      return 0;
    }
    const day = Math.floor(now / dayMs);
    const soFar = takenOn.get(day) ?? 0;
    if (soFar >= scrobbler.perDay) return 5;
    takenOn.set(day, soFar + 1);
    known.add(key);
    scrobbler.stored.push(play);
    const { uts, artist, track, album, albumArtist } = play;
    findAccount(play.user)?.plays.add({ uts, artist, track, album, albumArtist, albumMbid: null });
    return 0;
  };

  const acceptScrobbles = (fields: ReadonlyMap<string, string>, user: string): ServiceAnswer => {
    const count = [...fields.keys()].filter((field) => /^timestamp\[\d+\]$/.test(field)).length;
    const numbers = Array.from({ length: count }, (_, at) => at);
    const isWhole = numbers.every((at) =>
      ["artist", "track", "timestamp"].every((field) => fields.has(`${field}[${at}]`)),
    );
    if (count === 0 || count > maxPlays || !isWhole)
      return respondWithLastfmError(6, 400, "Invalid parameters");
    const results = numbers.map((at) => {
      const readField = (field: string): string => fields.get(`${field}[${at}]`) ?? "";
      const artist = readField("artist");
      const play: AcceptedPlay = {
        user,
        artist,
        track: readField("track"),
        uts: Number(readField("timestamp")),
        album: readField("album"),
        albumArtist: readField("albumArtist") || artist,
      };
      const isShort = fields.has(`duration[${at}]`) && Number(readField("duration")) <= 30;
      return { play, code: isShort ? 1 : acceptPlay(play) };
    });
    const ignored = results.filter(({ code }) => code !== 0).length;
    const rows = results.map(({ play, code }) => ({
      track: { corrected: "0", "#text": play.track },
      artist: { corrected: "0", "#text": play.artist },
      album: { corrected: "0", "#text": play.album },
      albumArtist: { corrected: "0", "#text": play.albumArtist },
      timestamp: String(play.uts),
      ignoredMessage: { code: String(code), "#text": code === 0 ? "" : "Ignored" },
    }));
    return {
      status: 200,
      body: {
        scrobbles: {
          "@attr": { accepted: results.length - ignored, ignored },
          scrobble: rows.length === 1 ? rows[0] : rows,
        },
      },
    };
  };

  const scrobbler = {
    /** Names of users, by the keys of their sessions. */
    sessions: new Map<string, string>(),
    /** Tokens that were given, with the user who has allowed them; null: nobody yet. */
    tokens: new Map<string, string | null>(),
    /** The accepted scrobbles, in the order in which they came. */
    stored: [] as AcceptedPlay[],
    /** A play that was there already and was dropped. */
    dropped: 0,
    perDay: settings.perDay ?? 2_800,
    ignores: settings.ignores ?? (() => 0),
    respond(form: string, getInfo: (sessionKey: string) => unknown): ServiceAnswer {
      const fields = new Map(new URLSearchParams(form));
      const getValue = (field: string): string => fields.get(field) ?? "";
      if (getValue("api_key") !== fixture.apiKey) return respondWithLastfmError(10);
      if (getValue("api_sig") !== computeSignature(fields, secret))
        return respondWithLastfmError(13, 403, "Invalid signature");
      if (fields.get("format") !== "json") return { status: 200, body: '<lfm status="ok"></lfm>' };
      const method = getValue("method").toLowerCase();
      if (method === "auth.gettoken") {
        const token = `token-${scrobbler.tokens.size + 1}-${"t".repeat(24)}`;
        scrobbler.tokens.set(token, null);
        return { status: 200, body: { token } };
      }
      if (method === "auth.getsession") {
        const user = scrobbler.tokens.get(getValue("token"));
        if (user === undefined) return respondWithLastfmError(4);
        if (user === null) return respondWithLastfmError(14, 403, "This token has not been authorized");
        scrobbler.tokens.delete(getValue("token"));
        const key = `session-${scrobbler.sessions.size + 1}-${"s".repeat(22)}`;
        scrobbler.sessions.set(key, user);
        return { status: 200, body: { session: { name: user, key, subscriber: 0 } } };
      }
      const user = scrobbler.sessions.get(getValue("sk"));
      if (user === undefined) return respondWithLastfmError(9);
      if (method === "user.getinfo") return { status: 200, body: getInfo(getValue("sk")) };
      return method === "track.scrobble" ? acceptScrobbles(fields, user) : respondWithLastfmError(3, 400);
    },
  };
  return scrobbler;
}

/** Names and values by the bytes of the names, and the secret at the end. A parameter without a value makes none. */
function computeSignature(fields: ReadonlyMap<string, string>, secret: string): string | null {
  const unsigned = new Set(["format", "callback", "api_sig"]);
  const signed = [...fields].filter(([field]) => !unsigned.has(field));
  if (signed.some(([, value]) => value === "")) return null;
  const inOrder = signed.toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return createHash("md5")
    .update(`${inOrder.flat().join("")}${secret}`)
    .digest("hex");
}
