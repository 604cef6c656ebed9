import { decodeMbidOrNull, type Node, createRootNode } from "../../model/decode.ts";
import {
  parseJsonBody,
  findRedirectFailure,
  findStatusFailure,
  createUnexpectedFailure,
  findTextField,
} from "../transport/http-responses.ts";
import { type CallFailure, createMalformedFailure } from "../transport/retry.ts";
import type { MusicBrainz, EntitiesByDiscogsId } from "../services/service-clients.ts";
import type { CallOptions } from "../services/remote-service.ts";
import type { ClientFactory, ClientOptions } from "../transport/caller.ts";
import { TokenBucket } from "../transport/rate-limits.ts";
import { musicbrainzFacts } from "../services/service-facts.ts";
import {
  decodeUrlLookup,
  decodeGroupRelation,
  decodeReleaseIdentity,
  decodeReleaseRelation,
  decodeReleaseTracks,
} from "./musicbrainz-decoding.ts";
import type { HttpResponse } from "../transport/http.ts";

export const musicbrainzClient: ClientFactory<MusicBrainz> = {
  pace: { maxInFlight: 1, throttledWaitMs: 2_000 },
  // A little less than one a second, since two requests may arrive closer together than they were sent.
  createRateLimit: () => new TokenBucket({ perSecond: 0.95, burst: 1 }),
  createClient: createMusicBrainz,
};

interface Request<Result> {
  readonly path: string;
  readonly query: string;
  readonly label?: string;
  readonly what: string;
  readonly decode: (body: Node) => Result;
  readonly unknownResult: Result;
}

export function createMusicBrainz({ caller, baseUrl, getBounds }: ClientOptions): MusicBrainz {
  function fetchJson<Result>(
    options: CallOptions | undefined,
    { path, query, decode, unknownResult, ...request }: Request<Result>,
  ): Promise<Result> {
    const url = new URL(path, baseUrl);
    url.search = query;
    return caller.call(options, {
      url,
      headers: { accept: "application/json" },
      ...request,
      interpret: (answer) => {
        if (answer.status === 404 && /not found/i.test(findTextField(answer, "error") ?? ""))
          return unknownResult;
        if (answer.status < 200 || answer.status > 299) throw createResponseFailure(answer);
        return decode(createRootNode(parseJsonBody(answer), getBounds()));
      },
    });
  }

  function fetchByDiscogsIds<Entity>(
    options: CallOptions | undefined,
    kind: "release" | "master",
    ids: readonly number[],
    inc: string,
    decode: (relation: Node) => Entity | null,
  ): Promise<EntitiesByDiscogsId<Entity>> {
    const many = `${ids.length} Discogs ${kind}${ids.length === 1 ? "" : "s"}`;
    // The addresses are not escaped: a hundred escaped ones would exceed the line length of some servers.
    const addresses = ids.map((id) => `resource=https://www.discogs.com/${kind}/${id}`).join("&");
    return fetchJson(options, {
      path: "url",
      query: `${addresses}&inc=${inc}&fmt=json`,
      label: `GET /url ${many}`,
      what: many,
      decode: (body) => decodeUrlLookup(body, { kind, ids }, decode),
      unknownResult: new Map<number, Entity[]>(),
    });
  }

  function fetchRelease<Content>(
    options: CallOptions | undefined,
    text: string,
    inc: string,
    decode: (body: Node) => Content,
  ): Promise<Content | null> {
    const mbid = decodeMbidOrNull(createRootNode(text));
    if (mbid === null) return Promise.resolve(null);
    return fetchJson<Content | null>(options, {
      path: `release/${mbid}`,
      query: `inc=${inc}&fmt=json`,
      what: `release ${mbid}`,
      decode,
      unknownResult: null,
    });
  }

  return {
    id: musicbrainzFacts.id,
    name: musicbrainzFacts.name,
    usage: caller,
    fetchReleases: (ids, options) =>
      fetchByDiscogsIds(options, "release", ids, "release-rels", decodeReleaseRelation),
    fetchGroups: (ids, options) =>
      fetchByDiscogsIds(options, "master", ids, "release-group-rels", decodeGroupRelation),
    fetchIdentity: (mbid, options) => fetchRelease(options, mbid, "release-groups", decodeReleaseIdentity),
    fetchTracks: (mbid, options) => fetchRelease(options, mbid, "recordings", decodeReleaseTracks),
  };
}

// MusicBrainz' refusals.

/** The failure behind an answer that is neither a 2xx nor "not found". */
function createResponseFailure(answer: HttpResponse): CallFailure {
  const { status } = answer;
  // MusicBrainz answers 503 both when requests come too fast and when it is busy. Both call for fewer requests.
  const failure = findStatusFailure(answer, [429, 503]) ?? findRedirectFailure(musicbrainzFacts, answer);
  if (failure !== null) return failure;
  return status === 404
    ? createMalformedFailure("answered 404 without data")
    : createUnexpectedFailure(musicbrainzFacts, `answered ${status}`);
}
