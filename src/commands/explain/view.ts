// An explanation in words: the verdict, what stands behind it, and what would change it.
import { creditInWords, type Rule } from "../../match/matcher.ts";
import { fold } from "../../match/text/fold.ts";
import { localDayInWords } from "../../output/dates.ts";
import type { AlbumLine, AlbumSection, ExplainView } from "./screen.ts";
import { counted, thousands } from "../../output/numbers.ts";
import { shellWord } from "../../queries/decisions/commands.ts";
import { unownedAlbums } from "../../queries/box-albums.ts";
import { decisionOf, type Explainer, type Explanation } from "../../queries/explanation.ts";
import { albumByName, type ChartAlbum } from "../../queries/find-albums.ts";
import type { Copy, Hit } from "../../queries/find-records.ts";
import { areMatchedAlike, lastPlayed, recordDetails } from "../../queries/record-details.ts";
import { songsOfSingle, type Song } from "../../queries/songs.ts";
import type { StoredDecision } from "../../store/decision-book.ts";
import type { Database } from "../../store/database.ts";

export interface ViewOptions {
  readonly database: Database;
  readonly explainer: Explainer;
  readonly hit: Hit;
  readonly isHistoryComplete: boolean;
  /** Everything that was looked at. */
  readonly verbose: boolean;
}

/** How many of what was left out are shown, and how many more where they are close. */
const leastShown = 3;
const mostShown = 6;
const mostBoxAlbums = 8;

export function explainView(explanation: Explanation, options: ViewOptions): ExplainView {
  const { database, hit, isHistoryComplete } = options;
  const { record } = explanation;
  const decision = decisionOf(database, hit[0]);
  const special = specialCase(explanation, options);
  return {
    id: record.id,
    releaseId: record.releaseId,
    artist: record.artist,
    title: record.title,
    facts: factsOf(explanation, database),
    copies: copiesOf(hit),
    verdict: verdictOf(explanation, decision, options),
    isDoubtful:
      explanation.type === "fuzzy" || explanation.rule === "tie" || explanation.decidedBy === "user",
    remarks: [
      ...special.remarks,
      ...absentAlbums(decision, database),
      ...(isHistoryComplete || record.playCount === 0
        ? []
        : ["When it was played last is not known: the listening history is not in the cache."]),
    ],
    sections: [
      ...creditedSection(explanation),
      ...special.sections,
      ...rejectedSection(
        special.sections.length === 0 ? explanation : onlyClose(explanation, special),
        options,
      ),
    ],
    commands: special.commands ?? commandsOf(explanation, decision),
  };
}

function factsOf({ record }: Explanation, database: Database): string {
  const { folder, label, addedUts } = recordDetails(database, record.id);
  const kinds = new Map<string, string>(
    Object.entries({ single: "single", ep: "EP", compilation: "compilation" }),
  );
  const kind = kinds.get(record.kind);
  return [
    [
      record.form === "Box" ? "Box set" : kind === undefined ? record.form : `${record.form} ${kind}`,
      label ?? "",
      record.year === null ? "" : String(record.year),
    ]
      .filter((part) => part !== "")
      .join(", "),
    folder === null ? "" : `folder ${folder}`,
    addedUts === null ? "" : `added ${localDayInWords(addedUts)}`,
    record.rating === 0 ? "" : `rating ${record.rating}`,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

function copiesOf([, ...others]: Hit): string {
  if (others.length === 0) return "one copy";
  const shown = others.slice(0, 3).map(copyInBrief).join("; ");
  const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
  return `${others.length === 1 ? "second copy" : "other copies"}: ${shown}${more}`;
}

function copyInBrief({ id, form, year }: Copy): string {
  return [`#${id}`, form, year === null ? "" : String(year)].filter((part) => part !== "").join(", ");
}

function verdictOf(
  explanation: Explanation,
  decision: StoredDecision | undefined,
  { database, explainer, hit }: ViewOptions,
): string {
  const { record, type, confidence, rule, decidedBy, credited } = explanation;
  if (credited.length > 0) {
    const { spins } = recordDetails(database, record.id);
    const verdict =
      decidedBy === "user"
        ? `YOURS${decision === undefined ? "" : `, decided ${localDayInWords(decision.decidedUts)}`}`
        : type === "fuzzy"
          ? `FUZZY, ${oddsInWords(confidence)} such matches are right`
          : "EXACT";
    return [
      verdict,
      counted(record.playCount, "play"),
      spins === null ? "" : counted(spins, "spin"),
      record.lastPlayedUts === null ? "" : `last ${localDayInWords(record.lastPlayedUts)}`,
      sharedBy(database, hit),
    ]
      .filter((part) => part !== "")
      .join(" · ");
  }
  if (decidedBy === "user") {
    const since = decision === undefined ? "" : ` on ${localDayInWords(decision.decidedUts)}`;
    return decision !== undefined && decision.mode !== "none" && decision.add.length > 0
      ? `NOTHING TO CREDIT · what you decided${since} is not in the chart now`
      : `NOT MATCHED, as you decided${since}`;
  }
  if (rule === "tie") return "NOT MATCHED · different albums fit equally well, and only you can tell";
  const never =
    record.kind === "album" || record.kind === "ep" ? "NEVER SCROBBLED" : "NEVER SCROBBLED AS A RECORD";
  const release = explainer.release(record.releaseId);
  const albums = release === undefined ? [] : explainer.albumsByArtist(release);
  if (type !== "artist_only" || albums.length === 0)
    return `${never} · no album by ${record.artist} in your plays`;
  const plays = albums.reduce((sum, { playCount }) => sum + playCount, 0);
  return `${never} · artist known: ${counted(plays, "play")} of ${counted(albums.length, "other album")} by ${record.artist}`;
}

function oddsInWords(confidence: number): string {
  const tenths = confidence * 10;
  return Math.abs(tenths - Math.round(tenths)) < 0.05
    ? `about ${Math.round(tenths)} in 10`
    : `about ${Math.round(confidence * 100)} in 100`;
}

function sharedBy(database: Database, hit: Hit): string {
  if (
    hit.length === 1 ||
    !areMatchedAlike(
      database,
      hit.map(({ id }) => id),
    )
  )
    return "";
  return `holds for ${hit.length === 2 ? "both" : `all ${hit.length}`} copies`;
}

function creditedSection({ credited, record }: Explanation): AlbumSection[] {
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

function rejectedSection(
  { rejected, record }: Explanation,
  { database, verbose }: ViewOptions,
): AlbumSection[] {
  const close = rejected.filter((album) => album.close).length;
  const count = verbose ? rejected.length : Math.max(leastShown, Math.min(close, mostShown));
  const shown = rejected.slice(0, count);
  if (shown.length === 0) return [];
  const rest = rejected.slice(count);
  const last = lastPlayed(
    database,
    shown.map(({ id }) => id),
  );
  const plays = rest.reduce((sum, { playCount }) => sum + playCount, 0);
  const artists = new Set(rest.map(({ artist }) => artist));
  const by = artists.size === 1 ? ` by ${rest[0]?.artist ?? ""}` : "";
  return [
    {
      heading: "Looked at and left out",
      nameHeader: "album",
      whyHeader: "why not",
      lines: shown.map((album) => ({
        ...lineOf({ ...album, lastPlayedUts: last.get(album.id) ?? null }, record.artist),
        why: album.reason,
      })),
      rest:
        rest.length === 0
          ? ""
          : `and ${counted(rest.length, "more album", "more albums")}${by} with ${counted(plays, "play")} (--verbose)`,
    },
  ];
}

/** Where a section says more than "another title", only what is close and not in it is worth a line. */
function onlyClose(explanation: Explanation, { sections }: SpecialCase): Explanation {
  const listed = new Set(sections.flatMap(({ lines }) => lines.map(({ id }) => id)));
  return {
    ...explanation,
    rejected: explanation.rejected.filter(({ id, close }) => close && !listed.has(`a${id}`)),
  };
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

function absentAlbums(decision: StoredDecision | undefined, database: Database): string[] {
  const absent = (decision?.add ?? []).filter((name) => albumByName(database, name) === undefined);
  if (absent.length === 0) return [];
  return [`Not in the chart now: ${absent.map(({ artist, title }) => `${artist} · ${title}`).join("; ")}`];
}

interface SpecialCase {
  readonly remarks: readonly string[];
  readonly sections: readonly AlbumSection[];
  readonly commands?: readonly string[];
}

/** Why a single, a box or a compilation can hardly show up under its own title. */
function specialCase(explanation: Explanation, options: ViewOptions): SpecialCase {
  const { record, credited, decidedBy } = explanation;
  if (credited.length > 0 || decidedBy === "user") return { remarks: [], sections: [] };
  if (record.kind === "single") return singleCase(explanation, options);
  if (record.kind === "box") return boxCase(explanation, options);
  if (record.kind === "compilation") {
    return {
      remarks: [
        "This is a compilation. Last.fm files most of its plays under the albums that the tracks came from.",
      ],
      sections: [],
    };
  }
  return { remarks: [], sections: [] };
}

function singleCase({ record, rejected }: Explanation, { database, explainer }: ViewOptions): SpecialCase {
  const release = explainer.release(record.releaseId);
  const songs = release === undefined ? [] : songsOfSingle(database, release);
  const close = rejected.find((album) => album.close);
  const said =
    "This is a single. Last.fm files a song under the album that it was played from, so it can hardly ever show up under its own title.";
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

function boxCase({ record }: Explanation, { database, explainer }: ViewOptions): SpecialCase {
  const release = explainer.release(record.releaseId);
  const albums = release === undefined ? [] : unownedAlbums(database, explainer.albumsByArtist(release));
  const said = "This is a box set. Last.fm files its plays under the albums inside.";
  if (albums.length === 0) return { remarks: [said], sections: [] };
  const shown = albums.slice(0, mostBoxAlbums);
  const ids = shown.slice(0, 4).map(({ id }) => `a${id}`);
  return {
    remarks: [],
    sections: [
      {
        heading: `${said} These you play and own no other record of; which of them are in the box?`,
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

function commandsOf(explanation: Explanation, decision: StoredDecision | undefined): string[] {
  const { record, credited, rejected, type, decidedBy } = explanation;
  const link = `rewind link ${record.id}`;
  const next = rejected[0];
  const putIn =
    next === undefined ? `put one in: ${link} --add "ARTIST ALBUM"` : `put one in: ${link} --add a${next.id}`;
  if (decidedBy === "user" && decision !== undefined) return [`Undo your decision: ${link} --clear`, putIn];
  if (credited.length > 0) {
    const least = credited.toSorted((a, b) => a.confidence - b.confidence || a.playCount - b.playCount)[0];
    const takeOut =
      credited.length === 1 || least === undefined
        ? `not it: ${link} --none`
        : `take one out: ${link} --not a${least.id}`;
    const confirm =
      type === "fuzzy" ? [`Right?   ${link} --add ${credited.map(({ id }) => `a${id}`).join(",")}`] : [];
    return [...confirm, `Wrong?   ${takeOut}`, putIn];
  }
  if (type === "artist_only" || next !== undefined) return [`Wrong?   ${putIn}`];
  const [artist = record.artist] = record.artistNames;
  return [
    `Spelled otherwise on Last.fm?   rewind alias ${shellWord(artist.replace(/\s*\(\d+\)$/, ""))} "NAME THERE"`,
    putIn,
  ];
}
