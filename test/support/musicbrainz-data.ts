// The data of MusicBrainz about an invented shelf: most of it, some of it twice, and never all.
import type { CollectionRecord } from "../../src/model/model.ts";
import {
  type KnownGroup,
  type KnownRelease,
  type MusicBrainzData,
  createMusicBrainzData,
  toMbid,
} from "./fake-musicbrainz.ts";
import { pickInteger, pickItem, createSeededRandom } from "./random.ts";

export function generateMusicBrainzData(records: readonly CollectionRecord[], seed = 1): MusicBrainzData {
  const random = createSeededRandom(seed);
  const fixture = createMusicBrainzData();
  for (const { release } of records) {
    const { id, masterId, title } = release;
    if (fixture.releases.has(id) || random() < 0.3) continue;
    const groupMbid = toMbid(`group ${masterId ?? `of ${id}`}`);
    fixture.releases.set(id, [
      buildKnownRelease(`release ${id}`, { title, groupMbid, year: release.year }),
      ...(random() < 0.05
        ? [buildKnownRelease(`release ${id} again`, { title, groupMbid, year: null })]
        : []),
    ]);
    if (masterId === null || fixture.groups.has(masterId) || random() < 0.1) continue;
    const year = (release.year ?? 1980) - pickItem(random, [0, 0, 0, 1, pickInteger(random, 2, 40)]);
    fixture.groups.set(masterId, [buildKnownGroup(`group ${masterId}`, { title, year, random })]);
  }
  return fixture;
}

export function buildKnownRelease(
  name: string,
  parts: { readonly title: string; readonly groupMbid: string; readonly year: number | null },
): KnownRelease {
  const { title, groupMbid, year } = parts;
  return {
    mbid: toMbid(name),
    title,
    date: year === null ? "" : `${year}-03-11`,
    country: "GB",
    barcode: "5099902987620",
    groupMbid,
  };
}

function buildKnownGroup(
  name: string,
  { title, year, random }: { readonly title: string; readonly year: number; readonly random: () => number },
): KnownGroup {
  return {
    mbid: toMbid(name),
    title,
    firstReleaseDate: pickItem(random, [String(year), `${year}-08`, `${year}-08-17`, ""]),
    primaryType: pickItem(random, ["Album", "Album", "Album", "EP", "Single", null]),
    secondaryTypes: pickItem(random, [[], [], [], ["Compilation"], ["Live"], ["Soundtrack", "Remix"]]),
  };
}
