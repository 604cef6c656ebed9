import { mbidOrNull, type Node, root } from "../../model/decode.ts";
import {
  readJson,
  redirectFailure,
  statusFailure,
  unexpectedRefusal,
  wordsIn,
} from "../transport/http-answers.ts";
import { type CallFailure, malformed } from "../transport/retry.ts";
import type { MusicBrainz, MusicBrainzAnswers } from "../services/service-clients.ts";
import type { CallOptions } from "../services/remote-service.ts";
import type { ClientKind, ClientOptions } from "../transport/calls.ts";
import { Rate } from "../transport/allowances.ts";
import { musicbrainzFacts } from "../services/service-facts.ts";
import {
  decodeAnswers,
  decodeGroupRelation,
  decodeReleaseIdentity,
  decodeReleaseRelation,
  decodeReleaseTracks,
} from "./musicbrainz-decoding.ts";
import type { HttpAnswer } from "../transport/http.ts";

export const musicbrainzClient: ClientKind<MusicBrainz> = {
  pace: { maxInFlight: 1, throttledWaitMs: 2_000 },
  // A little less than one a second, since two requests may arrive closer together than they were sent.
  allowance: () => new Rate({ perSecond: 0.95, burst: 1 }),
  open: createMusicBrainz,
};

interface Request<Result> {
  readonly path: string;
  readonly query: string;
  readonly label?: string;
  readonly what: string;
  readonly decode: (body: Node) => Result;
  readonly unknown: Result;
}

export function createMusicBrainz({ caller, baseUrl, bounds }: ClientOptions): MusicBrainz {
  function get<Result>(
    options: CallOptions | undefined,
    { path, query, decode, unknown, ...request }: Request<Result>,
  ): Promise<Result> {
    const url = new URL(path, baseUrl);
    url.search = query;
    return caller.call(options, {
      url,
      headers: { accept: "application/json" },
      ...request,
      interpret: (answer) => {
        if (answer.status === 404 && /not found/i.test(wordsIn(answer, "error") ?? "")) return unknown;
        if (answer.status < 200 || answer.status > 299) throw refusal(answer);
        return decode(root(readJson(answer), bounds()));
      },
    });
  }

  function lookUp<Entity>(
    options: CallOptions | undefined,
    kind: "release" | "master",
    ids: readonly number[],
    inc: string,
    decode: (relation: Node) => Entity | null,
  ): Promise<MusicBrainzAnswers<Entity>> {
    const many = `${ids.length} Discogs ${kind}${ids.length === 1 ? "" : "s"}`;
    // Not escaped: a hundred escaped addresses would exceed the line length of some servers.
    const addresses = ids.map((id) => `resource=https://www.discogs.com/${kind}/${id}`).join("&");
    return get(options, {
      path: "url",
      query: `${addresses}&inc=${inc}&fmt=json`,
      label: `GET /url ${many}`,
      what: many,
      decode: (body) => decodeAnswers(body, { kind, ids }, decode),
      unknown: new Map<number, Entity[]>(),
    });
  }

  function ofRelease<Content>(
    options: CallOptions | undefined,
    text: string,
    inc: string,
    decode: (body: Node) => Content,
  ): Promise<Content | null> {
    const mbid = mbidOrNull(root(text));
    if (mbid === null) return Promise.resolve(null);
    return get<Content | null>(options, {
      path: `release/${mbid}`,
      query: `inc=${inc}&fmt=json`,
      what: `release ${mbid}`,
      decode,
      unknown: null,
    });
  }

  return {
    id: musicbrainzFacts.id,
    name: musicbrainzFacts.name,
    usage: caller,
    releases: (ids, options) => lookUp(options, "release", ids, "release-rels", decodeReleaseRelation),
    groups: (ids, options) => lookUp(options, "master", ids, "release-group-rels", decodeGroupRelation),
    identity: (mbid, options) => ofRelease(options, mbid, "release-groups", decodeReleaseIdentity),
    tracks: (mbid, options) => ofRelease(options, mbid, "recordings", decodeReleaseTracks),
  };
}

// MusicBrainz' refusals.

/** The failure behind an answer that is neither a 2xx nor "not found". */
function refusal(answer: HttpAnswer): CallFailure {
  const { status } = answer;
  // MusicBrainz answers 503 both when requests come too fast and when it is busy. Both call for fewer requests.
  const failure = statusFailure(answer, [429, 503]) ?? redirectFailure(musicbrainzFacts, answer);
  if (failure !== null) return failure;
  return status === 404
    ? malformed("answered 404 without data")
    : unexpectedRefusal(musicbrainzFacts, `answered ${status}`);
}
