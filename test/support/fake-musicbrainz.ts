// A MusicBrainz of our own on loopback, for the part of it that knows addresses of Discogs.
import { respondWith } from "./response-faults.ts";
import { toUuid } from "./random.ts";
import {
  type ServiceAnswer,
  type Behaviour,
  type LoggedRequest,
  type FakeService,
  calmBehaviour,
  startFakeService,
} from "./fake-service.ts";

/** A release as MusicBrainz knows it. */
export interface KnownRelease {
  readonly mbid: string;
  readonly title: string;
  readonly date: string;
  readonly country: string | null;
  readonly barcode: string | null;
  readonly groupMbid: string;
}

export interface KnownGroup {
  readonly mbid: string;
  readonly title: string;
  readonly firstReleaseDate: string;
  readonly primaryType: string | null;
  readonly secondaryTypes: readonly string[];
}

/** The data of MusicBrainz, by the ids of Discogs that its editors have linked. */
export interface MusicBrainzData {
  releases: Map<number, readonly KnownRelease[]>;
  groups: Map<number, readonly KnownGroup[]>;
  /** Releases that were merged into others, by their former MBIDs. */
  merged: Map<string, string>;
  /** The tracks of releases, medium after medium, by their MBIDs; the others have none. Lengths in milliseconds. */
  media: Map<string, readonly (readonly { readonly title: string; readonly length: number | null }[])[]>;
}

export interface MusicBrainzBehaviour extends Behaviour {
  /** Further rows are left out of an answer, but still counted. */
  maxRows: number;
  /** Requests that come sooner after the one before are refused; 0: none is. */
  minGapMs: number;
}

export function createMusicBrainzData(parts: Partial<MusicBrainzData> = {}): MusicBrainzData {
  return { releases: new Map(), groups: new Map(), merged: new Map(), media: new Map(), ...parts };
}

export function startFakeMusicBrainz(
  fixture: MusicBrainzData,
  behaviour: Partial<MusicBrainzBehaviour> = {},
): Promise<FakeService<MusicBrainzBehaviour>> {
  const settings: MusicBrainzBehaviour = {
    ...calmBehaviour,
    maxRows: 100,
    minGapMs: 1_000,
    ...behaviour,
  };
  let lastMs = -Infinity;

  function respond(request: LoggedRequest): ServiceAnswer {
    if (!/\/\d.*/.test(request.headers["user-agent"] ?? ""))
      return { status: 403, body: { error: "Forbidden" } };
    const isTooFast = settings.minGapMs > 0 && request.atMs - lastMs < settings.minGapMs;
    lastMs = request.atMs;
    if (isTooFast) return tooFast;
    if (request.query["fmt"] !== "json") {
      return { status: 200, body: "<metadata/>", headers: { "content-type": "application/xml" } };
    }
    if (request.path === "/ws/2/url") return respondByUrls(fixture, settings, request);
    const mbid = /^\/ws\/2\/release\/([\da-f-]{36})$/.exec(request.path)?.[1];
    return mbid === undefined ? notFound : respondByMbid(fixture, mbid, request);
  }

  return startFakeService(settings, respond, "/ws/2");
}

const help = "For usage, please see: https://musicbrainz.org/development/mmd";
const notFound: ServiceAnswer = { status: 404, body: { error: "Not Found", help } };
const tooFast = respondWith(503, {
  error:
    "Your requests are exceeding the allowable rate limit. Please see https://wiki.musicbrainz.org/XMLWebService for more information.",
});

function respondByUrls(
  fixture: MusicBrainzData,
  settings: MusicBrainzBehaviour,
  request: LoggedRequest,
): ServiceAnswer {
  const addresses = new URLSearchParams(request.search).getAll("resource");
  if (addresses.length === 0) return { status: 400, body: { error: "No resource given", help } };
  const inc = request.query["inc"] ?? "";
  const found = [...new Set(addresses)].flatMap((address) => buildUrlEntity(fixture, address, inc) ?? []);
  if (addresses.length === 1) return found[0] ? { status: 200, body: found[0] } : notFound;
  return {
    status: 200,
    body: { "url-count": found.length, "url-offset": 0, urls: found.slice(0, settings.maxRows) },
  };
}

/** The address must be exactly as its editors entered it. */
function buildUrlEntity(fixture: MusicBrainzData, address: string, inc: string) {
  const [, kind = "", digits = ""] =
    /^https:\/\/www\.discogs\.com\/(release|master)\/(\d+)$/.exec(address) ?? [];
  const id = Number(digits);
  const known = kind === "release" ? fixture.releases.get(id) : fixture.groups.get(id);
  if (!known) return null;
  const relations =
    kind === "release" && inc === "release-rels"
      ? (fixture.releases.get(id) ?? []).map((release) =>
          buildRelation("release", "release", toWireRelease(release)),
        )
      : kind === "master" && inc === "release-group-rels"
        ? (fixture.groups.get(id) ?? []).map((group) =>
            buildRelation("release_group", "release-group", toWireGroup(group)),
          )
        : [];
  return { id: toMbid(`url ${address}`), resource: address, relations };
}

function buildRelation(targetType: string, key: string, target: unknown): unknown {
  return {
    type: "discogs",
    "target-type": targetType,
    direction: "backward",
    ended: false,
    [key]: target,
  };
}

function toWireRelease(release: KnownRelease): Record<string, unknown> {
  return {
    id: release.mbid,
    title: release.title,
    date: release.date,
    country: release.country,
    barcode: release.barcode,
    disambiguation: "",
  };
}

function toWireGroup(group: KnownGroup): Record<string, unknown> {
  return {
    id: group.mbid,
    title: group.title,
    disambiguation: "",
    "first-release-date": group.firstReleaseDate,
    "primary-type": group.primaryType,
    "secondary-types": group.secondaryTypes,
  };
}

function respondByMbid(fixture: MusicBrainzData, asked: string, request: LoggedRequest): ServiceAnswer {
  const mbid = fixture.merged.get(asked) ?? asked;
  const release = [...fixture.releases.values()].flat().find((each) => each.mbid === mbid);
  if (!release) return notFound;
  const group = [...fixture.groups.values()].flat().find((each) => each.mbid === release.groupMbid);
  const wired = toWireRelease(release);
  if (request.query["inc"] === "recordings") {
    return { status: 200, body: { ...wired, media: toWireMedia(fixture, mbid) } };
  }
  if (request.query["inc"] !== "release-groups") return { status: 200, body: wired };
  return {
    status: 200,
    body: {
      ...wired,
      "release-group": group
        ? toWireGroup(group)
        : { id: release.groupMbid, title: release.title, "first-release-date": release.date },
    },
  };
}

function toWireMedia(fixture: MusicBrainzData, mbid: string): unknown[] {
  return (fixture.media.get(mbid) ?? []).map((tracks, at) => ({
    position: at + 1,
    format: '12" Vinyl',
    "track-count": tracks.length,
    "track-offset": 0,
    tracks: tracks.map(({ title, length }, place) => ({
      id: toMbid(`track ${mbid} ${at} ${place}`),
      position: place + 1,
      number: `${"ABCDEF"[at] ?? "A"}${place + 1}`,
      title,
      length,
      recording: { id: toMbid(`recording ${title}`), title, length, video: false, disambiguation: "" },
    })),
  }));
}

/** An MBID made of a text: equal for equal ones. */
export const toMbid = toUuid;
