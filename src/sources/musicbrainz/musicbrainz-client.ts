import { mbidOf, type Node, root } from "../../model/decode.ts";
import {
  CallFailure,
  readJson,
  statusFailure,
  unexpectedRefusal,
  wordsIn,
} from "../transport/http-answers.ts";
import { mostAddresses, type MusicBrainz, type MusicBrainzAnswers } from "../services/service-clients.ts";
import type { CallOptions } from "../services/remote-service.ts";
import type { ClientKind, ClientOptions } from "../transport/calls.ts";
import { Rate, type RateFigures } from "../transport/allowances.ts";
import { musicbrainzFacts } from "../services/service-facts.ts";
import {
  decodeAnswers,
  decodeGroupRelation,
  decodeReleaseIdentity,
  decodeReleaseRelation,
  decodeReleaseTracks,
} from "./musicbrainz-decoding.ts";
import type { HttpAnswer } from "../transport/http.ts";

/** A little less than one request a second, since two requests may arrive closer together than they were sent. */
const figures: RateFigures = { perSecond: 0.95, burst: 1 };

export const musicbrainzClient: ClientKind<MusicBrainz> = {
  pace: { maxInFlight: 1, throttledWaitMs: 2_000 },
  allowance: () => new Rate(figures),
  open: createMusicBrainz,
};

interface Request<Result> {
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly label: string;
  readonly what: string;
  readonly decode: (body: Node) => Result;
  readonly unknown: () => Result;
}

export function createMusicBrainz({ caller, baseUrl, bounds }: ClientOptions): MusicBrainz {
  function get<Result>(request: Request<Result>, options: CallOptions | undefined): Promise<Result> {
    const url = new URL(request.path, baseUrl);
    // Not escaped: a hundred escaped addresses would exceed the line length of some servers.
    url.search = request.query.map(([key, value]) => `${key}=${value}`).join("&");
    return caller.call(
      {
        url,
        headers: { accept: "application/json" },
        label: request.label,
        what: request.what,
        interpret: (answer) => {
          if (isUnknown(answer)) return request.unknown();
          if (answer.status < 200 || answer.status > 299) throw refusal(answer);
          return request.decode(root(readJson(answer), bounds()));
        },
      },
      options,
    );
  }

  function lookUp<Entity>(
    kind: "release" | "master",
    ids: readonly number[],
    { inc, decode }: { readonly inc: string; readonly decode: (relation: Node) => Entity | null },
    options: CallOptions | undefined,
  ): Promise<MusicBrainzAnswers<Entity>> {
    if (ids.length === 0) return Promise.resolve({ rows: [], isWhole: true });
    if (ids.length > mostAddresses) {
      return Promise.reject(new RangeError(`MusicBrainz takes ${mostAddresses} addresses at once`));
    }
    const many = `${ids.length} Discogs ${kind}${ids.length === 1 ? "" : "s"}`;
    return get(
      {
        path: "url",
        query: [
          ...ids.map((id) => ["resource", `https://www.discogs.com/${kind}/${id}`] as const),
          ["inc", inc],
          ["fmt", "json"],
        ],
        label: `GET /url ${many}`,
        what: many,
        decode: (body) => decodeAnswers(body, { kind, ids }, decode),
        unknown: () => ({ rows: [], isWhole: true }),
      },
      options,
    );
  }

  function ofRelease<Found>(
    text: string,
    { inc, decode }: { readonly inc: string; readonly decode: (body: Node) => Found },
    options: CallOptions | undefined,
  ): Promise<Found | null> {
    const mbid = mbidOf(text);
    if (mbid === null) return Promise.resolve(null);
    return get<Found | null>(
      {
        path: `release/${mbid}`,
        query: [
          ["inc", inc],
          ["fmt", "json"],
        ],
        label: `GET /release/${mbid}`,
        what: `release ${mbid}`,
        decode,
        unknown: () => null,
      },
      options,
    );
  }

  return {
    id: musicbrainzFacts.id,
    name: musicbrainzFacts.name,
    usage: caller,
    releases: (ids, options) =>
      lookUp("release", ids, { inc: "release-rels", decode: decodeReleaseRelation }, options),
    groups: (ids, options) =>
      lookUp("master", ids, { inc: "release-group-rels", decode: decodeGroupRelation }, options),
    identity: (text, options) =>
      ofRelease(text, { inc: "release-groups", decode: decodeReleaseIdentity }, options),
    tracks: (text, options) => ofRelease(text, { inc: "recordings", decode: decodeReleaseTracks }, options),
  };
}

// MusicBrainz' refusals.

/** The failure behind an answer that is neither a 2xx nor "not found". */
function refusal(answer: HttpAnswer): CallFailure {
  const { status } = answer;
  // MusicBrainz answers 503 both when requests come too fast and when it is busy. Both call for fewer requests.
  const failure = statusFailure(answer, [429, 503]);
  if (failure !== null) return failure;
  if (status === 404) return new CallFailure({ kind: "malformed" }, "answered 404 without data");
  const isRedirect = status >= 300 && status < 400;
  return unexpectedRefusal(
    musicbrainzFacts,
    isRedirect ? `redirects elsewhere (${status})` : `answered ${status}`,
  );
}

/** Returns true if an answer says, in MusicBrainz' words, that it does not know the address. */
function isUnknown(answer: HttpAnswer): boolean {
  return answer.status === 404 && /not found/i.test(wordsIn(answer, "error") ?? "");
}
