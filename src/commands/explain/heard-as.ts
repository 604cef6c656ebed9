// What is heard of a single, a box or a compilation, and under which names.
import { counted } from "../../output/numbers.ts";
import type { ExplainAnswer } from "../../queries/explain/explain.ts";
import type { ChartAlbum } from "../../queries/find/find-albums.ts";
import type { Song } from "../../queries/explain/heard-as.ts";
import { lineOf } from "./albums.ts";
import type { AlbumLine, AlbumSection } from "./screen.ts";

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
