// What MusicBrainz knows of an invented shelf: most of it, some of it twice, and never all that there is to know.
import type { CollectionRecord } from "../../src/model/model.ts";
import {
  type KnownGroup,
  type KnownRelease,
  type MusicBrainzWorld,
  makeMusicBrainzWorld,
  mbidFor,
} from "./musicbrainz-stand-in.ts";
import { between, pick, seeded } from "./random.ts";

export function inventMusicBrainz(records: readonly CollectionRecord[], seed = 1): MusicBrainzWorld {
  const random = seeded(seed);
  const world = makeMusicBrainzWorld();
  for (const { release } of records) {
    const { id, masterId, title } = release;
    if (world.releases.has(id) || random() < 0.3) continue;
    const groupMbid = mbidFor(`group ${masterId ?? `of ${id}`}`);
    world.releases.set(id, [
      knownRelease(`release ${id}`, { title, groupMbid, year: release.year }),
      ...(random() < 0.05 ? [knownRelease(`release ${id} again`, { title, groupMbid, year: null })] : []),
    ]);
    if (masterId === null || world.groups.has(masterId) || random() < 0.1) continue;
    const year = (release.year ?? 1980) - pick(random, [0, 0, 0, 1, between(random, 2, 40)]);
    world.groups.set(masterId, [knownGroup(`group ${masterId}`, { title, year, random })]);
  }
  return world;
}

export function knownRelease(
  name: string,
  parts: { readonly title: string; readonly groupMbid: string; readonly year: number | null },
): KnownRelease {
  const { title, groupMbid, year } = parts;
  return {
    mbid: mbidFor(name),
    title,
    date: year === null ? "" : `${year}-03-11`,
    country: "GB",
    barcode: "5099902987620",
    groupMbid,
  };
}

function knownGroup(
  name: string,
  { title, year, random }: { readonly title: string; readonly year: number; readonly random: () => number },
): KnownGroup {
  return {
    mbid: mbidFor(name),
    title,
    firstReleaseDate: pick(random, [String(year), `${year}-08`, `${year}-08-17`, ""]),
    primaryType: pick(random, ["Album", "Album", "Album", "EP", "Single", null]),
    secondaryTypes: pick(random, [[], [], [], ["Compilation"], ["Live"], ["Soundtrack", "Remix"]]),
  };
}
