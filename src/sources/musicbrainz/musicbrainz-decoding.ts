// Decodes MusicBrainz' answers.
import {
  decodeCountOrNull,
  getField,
  isEmpty,
  isMissing,
  isObject,
  decodeItems,
  Malformed,
  decodeMbidOrNull,
  decodeShortText,
  requireField,
  decodeSecondsOrNull,
  type Node,
} from "../../model/decode.ts";
import type { MusicBrainzGroup, MusicBrainzRelease } from "../../model/model.ts";
import type { EntitiesByDiscogsId, ReleaseIdentity, ReleaseTrack } from "../services/service-clients.ts";

function decodeMbid(node: Node): string {
  const code = decodeMbidOrNull(node);
  if (code === null) throw new Malformed(node, "is not an MBID");
  return code;
}

/** The most that is kept for one id of Discogs: each may cost a request for a cover. */
const maxEntities = 20;

/** Several addresses give a list without the unknown ones; a single address gives one object. */
export function decodeUrlLookup<Entity>(
  body: Node,
  { kind, ids }: { readonly kind: "release" | "master"; readonly ids: readonly number[] },
  decodeRelation: (relation: Node) => Entity | null,
): EntitiesByDiscogsId<Entity> {
  const isBare = ids.length === 1 && isMissing(getField(body, "urls"));
  const urls = isBare ? [body] : decodeItems(requireField(body, "urls"));
  if (!isBare && (decodeCountOrNull(getField(body, "url-count")) ?? 0) > urls.length) {
    throw new Malformed(getField(body, "urls"), "has fewer rows than it counts");
  }
  const answers = new Map<number, Entity[]>();
  for (const url of urls) {
    const discogsId = parseDiscogsId(decodeShortText(requireField(url, "resource")), kind);
    if (!ids.includes(discogsId)) continue;
    const entities = decodeItems(getField(url, "relations")).flatMap(
      (relation) => decodeRelation(relation) ?? [],
    );
    answers.set(discogsId, [...(answers.get(discogsId) ?? []), ...entities].slice(0, maxEntities));
  }
  return answers;
}

/** Returns 0 for any other address. */
function parseDiscogsId(address: string, kind: "release" | "master"): number {
  const match = new RegExp(`^https?://www\\.discogs\\.com/${kind}/(\\d{1,15})$`).exec(address);
  return Number(match?.[1] ?? 0);
}

export function decodeReleaseRelation(relation: Node): MusicBrainzRelease | null {
  const release = getField(relation, "release");
  if (!isObject(release)) return null;
  return {
    mbid: decodeMbid(requireField(release, "id")),
    title: decodeShortText(getField(release, "title")),
    barcode: decodeMatchingText(getField(release, "barcode"), /^[\d -]{6,20}$/),
    country: decodeMatchingText(getField(release, "country"), /^[A-Z]{2}$/),
  };
}

export function decodeGroupRelation(relation: Node): MusicBrainzGroup | null {
  // Some versions of the service write it with a dash, others with an underscore.
  const dashed = getField(relation, "release-group");
  const group = isObject(dashed) ? dashed : getField(relation, "release_group");
  if (!isObject(group)) return null;
  return {
    mbid: decodeMbid(requireField(group, "id")),
    title: decodeShortText(getField(group, "title")),
    firstYear: decodeYear(getField(group, "first-release-date")),
    primaryType: decodeMatchingText(getField(group, "primary-type"), typePattern),
    secondaryTypes: isEmpty(getField(group, "secondary-types"))
      ? []
      : decodeItems(getField(group, "secondary-types")).flatMap(
          (type) => decodeMatchingText(type, typePattern) ?? [],
        ),
  };
}

const typePattern = /^[\p{L}\p{N}/ +-]{1,40}$/u;

export function decodeReleaseIdentity(body: Node): ReleaseIdentity {
  const group = requireField(body, "release-group");
  return { mbid: decodeMbid(requireField(body, "id")), groupMbid: decodeMbid(requireField(group, "id")) };
}

export function decodeReleaseTracks(body: Node): ReleaseTrack[] {
  return decodeItems(requireField(body, "media"))
    .flatMap((medium) => decodeItems(getField(medium, "tracks")))
    .map((track) => {
      const recording = getField(track, "recording");
      const own = decodeSecondsOrNull(getField(track, "length"));
      return {
        title: decodeShortText(getField(track, "title")),
        seconds: own ?? (isObject(recording) ? decodeSecondsOrNull(getField(recording, "length")) : null),
      };
    });
}

function decodeMatchingText(node: Node, form: RegExp): string | null {
  const text = decodeShortText(node).trim();
  return form.test(text) ? text : null;
}

/** The year of "1959-08-17", "1959-08" or "1959"; null for "" and "????-08-17". */
function decodeYear(node: Node): number | null {
  const year = /^(\d{4})(?:-|$)/.exec(decodeShortText(node))?.[1];
  if (year === undefined) return null;
  const value = Number(year);
  const latest = new Date(node.bounds.nowMs).getUTCFullYear() + 1;
  return value >= minYear && value <= latest ? value : null;
}

/** The year of the first recordings for sale. */
const minYear = 1877;
