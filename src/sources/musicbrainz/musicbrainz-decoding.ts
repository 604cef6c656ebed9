// Decodes MusicBrainz' answers.
import {
  countOrNull,
  field,
  isEmpty,
  isMissing,
  isObject,
  items,
  Malformed,
  mbidOrNull,
  name,
  required,
  secondsOrNull,
  type Node,
} from "../../model/decode.ts";
import type { MusicBrainzGroup, MusicBrainzRelease } from "../../model/model.ts";
import type { MusicBrainzAnswers, ReleaseIdentity, ReleaseTrack } from "../services/service-clients.ts";

function mbid(node: Node): string {
  const code = mbidOrNull(node);
  if (code === null) throw new Malformed(node, "is not an MBID");
  return code;
}

/** The most that is kept for one id of Discogs: each may cost a request for a cover. */
const mostEntities = 20;

/** Several addresses give a list without the unknown ones; a single address gives one object. */
export function decodeAnswers<Entity>(
  body: Node,
  { kind, ids }: { readonly kind: "release" | "master"; readonly ids: readonly number[] },
  decodeRelation: (relation: Node) => Entity | null,
): MusicBrainzAnswers<Entity> {
  const isBare = ids.length === 1 && isMissing(field(body, "urls"));
  const urls = isBare ? [body] : items(required(body, "urls"));
  if (!isBare && (countOrNull(field(body, "url-count")) ?? 0) > urls.length) {
    throw new Malformed(field(body, "urls"), "has fewer rows than it counts");
  }
  const answers = new Map<number, Entity[]>();
  for (const url of urls) {
    const discogsId = idIn(name(required(url, "resource")), kind);
    if (!ids.includes(discogsId)) continue;
    const entities = items(field(url, "relations")).flatMap((relation) => decodeRelation(relation) ?? []);
    answers.set(discogsId, [...(answers.get(discogsId) ?? []), ...entities].slice(0, mostEntities));
  }
  return answers;
}

/** Returns 0 for any other address. */
function idIn(address: string, kind: "release" | "master"): number {
  const match = new RegExp(`^https?://www\\.discogs\\.com/${kind}/(\\d{1,15})$`).exec(address);
  return Number(match?.[1] ?? 0);
}

export function decodeReleaseRelation(relation: Node): MusicBrainzRelease | null {
  const release = field(relation, "release");
  if (!isObject(release)) return null;
  return {
    mbid: mbid(required(release, "id")),
    title: name(field(release, "title")),
    barcode: matching(field(release, "barcode"), /^[\d -]{6,20}$/),
    country: matching(field(release, "country"), /^[A-Z]{2}$/),
  };
}

export function decodeGroupRelation(relation: Node): MusicBrainzGroup | null {
  // Some versions of the service write it with a dash, others with an underscore.
  const dashed = field(relation, "release-group");
  const group = isObject(dashed) ? dashed : field(relation, "release_group");
  if (!isObject(group)) return null;
  return {
    mbid: mbid(required(group, "id")),
    title: name(field(group, "title")),
    firstYear: yearOrNull(field(group, "first-release-date")),
    primaryType: matching(field(group, "primary-type"), typeForm),
    secondaryTypes: isEmpty(field(group, "secondary-types"))
      ? []
      : items(field(group, "secondary-types")).flatMap((type) => matching(type, typeForm) ?? []),
  };
}

const typeForm = /^[\p{L}\p{N}/ +-]{1,40}$/u;

export function decodeReleaseIdentity(body: Node): ReleaseIdentity {
  const group = required(body, "release-group");
  return { mbid: mbid(required(body, "id")), groupMbid: mbid(required(group, "id")) };
}

export function decodeReleaseTracks(body: Node): ReleaseTrack[] {
  return items(required(body, "media"))
    .flatMap((medium) => items(field(medium, "tracks")))
    .map((track) => {
      const recording = field(track, "recording");
      const own = secondsOrNull(field(track, "length"));
      return {
        title: name(field(track, "title")),
        seconds: own ?? (isObject(recording) ? secondsOrNull(field(recording, "length")) : null),
      };
    });
}

function matching(node: Node, form: RegExp): string | null {
  const text = name(node).trim();
  return form.test(text) ? text : null;
}

/** The year of "1959-08-17", "1959-08" or "1959"; null for "" and "????-08-17". */
function yearOrNull(node: Node): number | null {
  const year = /^(\d{4})(?:-|$)/.exec(name(node))?.[1];
  if (year === undefined) return null;
  const value = Number(year);
  const latest = new Date(node.bounds.nowMs).getUTCFullYear() + 1;
  return value >= earliestYear && value <= latest ? value : null;
}

/** Nothing was sold as a recording before. */
const earliestYear = 1877;
