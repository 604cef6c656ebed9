// Tracklists for the sample's records: the tracks that its owner plays, spread over the sides. The lengths are invented.
import type { ListedTrack } from "../model/model.ts";
import { sampleListening } from "./demo-habits.ts";
import { diceOf, rowsOf } from "./demo-scrobbles.ts";

/** Vinyl that has another number of sides than two. Other media have none. */
const sideCounts = new Map([
  ["2LP", 4],
  ["2x10", 4],
  ["CD", 0],
]);

interface Pressing {
  readonly releaseId: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
}

/** By release id. An album that the owner never plays has none. */
export function sampleTracklists(pressings: readonly Pressing[]): ReadonlyMap<number, ListedTrack[]> {
  const titlesOf = tracksByAlbum();
  return new Map(
    pressings.flatMap(({ releaseId, artist, title, form }) => {
      const titles = titlesOf.get(keyOf(artist, title));
      return titles === undefined ? [] : [[releaseId, tracklist(titles, form)]];
    }),
  );
}

function tracklist(titles: readonly string[], form: string): ListedTrack[] {
  const dice = diceOf(titles.join().length);
  const sides = sideCounts.get(form) ?? 2;
  const perSide = Math.ceil(titles.length / Math.max(1, sides));
  return titles.map((text, at): ListedTrack => {
    const [before = "", after] = text.split("~").map((part) => part.trim());
    const side = String.fromCharCode(65 + Math.floor(at / perSide));
    return {
      kind: "track",
      position: sides === 0 ? String(at + 1) : `${side}${(at % perSide) + 1}`,
      title: after ?? before,
      durationSeconds: 150 + Math.floor(dice() * 200),
      artists: after === undefined ? [] : [{ id: null, name: before, anv: "", join: "" }],
      parts: [],
    };
  });
}

function tracksByAlbum(): ReadonlyMap<string, readonly string[]> {
  const tracksByKey = new Map<string, readonly string[]>();
  for (const [artist = "", album = "", , , , tracks = ""] of rowsOf(sampleListening, 6)) {
    const key = keyOf(artist, album);
    if (tracks !== "=" && !tracksByKey.has(key))
      tracksByKey.set(
        key,
        tracks.split(";").map((each) => each.trim()),
      );
  }
  return tracksByKey;
}

/** Equal for the spellings of both tables: the first artist, and the title without what is in brackets. */
function keyOf(artist: string, title: string): string {
  const bare = title.replace(/(?<=.) [([].*$/, "");
  return [artist.split(/[~&{(,]/)[0] ?? "", bare]
    .map((text) =>
      text.toLowerCase().replace(/^the |various artists/, (word) => (word === "the " ? "" : "various")),
    )
    .map((text) => text.replace(/[^\p{L}\p{N}]/gu, ""))
    .join("|");
}
