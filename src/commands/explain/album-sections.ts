// The albums of an explanation: those that are credited, and those that were left out.

import { creditInWords, type Rule } from "../../match/matcher.ts";
import { fold } from "../../match/text/fold.ts";
import { counted, thousands } from "../../output/numbers.ts";
import type { ExplainAnswer } from "../../queries/explain/explain.ts";
import type { ChartAlbum } from "../../queries/find/find-albums.ts";
import type { AlbumLine, AlbumSection } from "./screen.ts";
import type { Song } from "../../queries/explain/heard-as.ts";

/** How many of what was left out are shown, and how many more where they are close. */
const leastShown = 3;
const mostShown = 6;

export function creditedSection({ credited, record }: ExplainAnswer): AlbumSection[] {
  if (credited.length === 0) return [];
  return [
    {
      heading:
        credited.length === 1
          ? "Credited: one entry on Last.fm is this album"
          : `Credited: ${thousands(credited.length)} entries on Last.fm are this album`,
      nameHeader: "album",
      whyHeader: "why",
      lines: credited.map((album) => ({
        ...lineOf(album, record.artist),
        url: album.url,
        why: album.rule === "user" ? "added by you" : creditInWords(album.rule as Rule, album.tracks),
      })),
      rest: "",
    },
  ];
}

/** Beside sections that say more than "another title", only what is close and not in them is worth a line. */
export function rejectedSection(
  { rejected: all, record }: ExplainAnswer,
  { isVerbose, beside }: { readonly isVerbose: boolean; readonly beside: readonly AlbumSection[] },
): AlbumSection[] {
  const listed = new Set(beside.flatMap(({ lines }) => lines.map(({ id }) => id)));
  const rejected =
    beside.length === 0 ? all : all.filter((album) => album.close && !listed.has(`a${album.id}`));
  const close = rejected.filter((album) => album.close).length;
  const count = isVerbose ? rejected.length : Math.max(leastShown, Math.min(close, mostShown));
  const shown = rejected.slice(0, count);
  if (shown.length === 0) return [];
  const rest = rejected.slice(count);
  const plays = rest.reduce((sum, { playCount }) => sum + playCount, 0);
  const artists = new Set(rest.map(({ artist }) => artist));
  const by = artists.size === 1 ? ` by ${rest[0]?.artist ?? ""}` : "";
  return [
    {
      heading: "Looked at and left out",
      nameHeader: "album",
      whyHeader: "why not",
      lines: shown.map((album) => ({
        ...lineOf(album, record.artist),
        why: album.reason,
      })),
      rest:
        rest.length === 0
          ? ""
          : `and ${counted(rest.length, "more album", "more albums")}${by} with ${counted(plays, "play")} (--verbose)`,
    },
  ];
}

/** Its artist is named only where it is another than the record's. */
function lineOf(
  album: Pick<ChartAlbum, "id" | "artist" | "title" | "playCount" | "lastPlayedUts">,
  recordArtist: string,
): AlbumLine {
  const { id, artist, title, playCount, lastPlayedUts } = album;
  const name = fold(artist) === fold(recordArtist) ? title : `${title} by ${artist}`;
  return { id: `a${id}`, name, playCount, lastPlayedUts };
}

// What is heard of a single, a box or a compilation, and under which names.

const mostBoxAlbums = 8;

interface SpecialCase {
  readonly remarks: readonly string[];
  readonly sections: readonly AlbumSection[];
  readonly commands?: readonly string[];
}

/** Why a single, a box or a compilation can hardly show up under its own title. */
export function specialCase(answer: ExplainAnswer): SpecialCase {
  switch (answer.heardAs?.kind) {
    case "single":
      return singleCase(answer, answer.heardAs.songs);
    case "box":
      return boxCase(answer, answer.heardAs.albums);
    case "compilation":
      return {
        remarks: [
          "This is a compilation. Last.fm files most of its plays under the albums that the tracks came from.",
        ],
        sections: [],
      };
    default:
      return { remarks: [], sections: [] };
  }
}

function singleCase({ record, rejected }: ExplainAnswer, songs: readonly Song[]): SpecialCase {
  const close = rejected.find((album) => album.close);
  const said =
    "This is a single. Last.fm files a song under the album that it was played from, so it rarely shows up under its own title.";
  return {
    remarks: songs.length === 0 ? [`${said} The song itself is not in your plays.`] : [],
    sections:
      songs.length === 0
        ? []
        : [
            {
              heading: `${said} The song itself (shown, not counted):`,
              nameHeader: "song",
              whyHeader: "played from",
              lines: songs.map(songLine),
              rest: "",
            },
          ],
    commands: [
      ...(close === undefined ? [] : [`Is it one of these?   rewind link ${record.id} --add a${close.id}`]),
      "Albums only:   rewind xref --kind album",
    ],
  };
}

function songLine({ name, playCount, lastPlayedUts, playedFrom }: Song): AlbumLine {
  const why = playedFrom
    .slice(0, 4)
    .map(({ title, playCount: plays }) => `${title ?? "no album tag"} (${plays})`)
    .join(", ");
  const more = playedFrom.length > 4 ? `, ${playedFrom.length - 4} more` : "";
  return { name, playCount, lastPlayedUts, why: why + more };
}

function boxCase({ record }: ExplainAnswer, albums: readonly ChartAlbum[]): SpecialCase {
  const said = "This is a box set. Last.fm files its plays under the albums inside.";
  if (albums.length === 0) return { remarks: [said], sections: [] };
  const shown = albums.slice(0, mostBoxAlbums);
  const ids = shown.slice(0, 4).map(({ id }) => `a${id}`);
  return {
    remarks: [],
    sections: [
      {
        heading: `${said} You play these and own no other record of them. Which are in the box?`,
        nameHeader: "album",
        whyHeader: "",
        lines: shown.map((album) => ({ ...lineOf(album, record.artist), url: album.url })),
        rest:
          albums.length > shown.length
            ? `and ${counted(albums.length - shown.length, "more album", "more albums")}`
            : "",
      },
    ],
    commands: [`Credit those that are:   rewind link ${record.id} --add ${ids.join(",")}`],
  };
}
