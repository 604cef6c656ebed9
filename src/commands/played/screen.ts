// What was noted, in a sentence, and its tracks in lines (rewind played).
import { daySeconds } from "../../model/times.ts";
import { localDay, localDayInWords, monthInWords, localTime } from "../../output/dates.ts";
import { printable, type SafeText } from "../../output/escape.ts";
import { counted } from "../../output/numbers.ts";
import type { Screen } from "../../output/screen.ts";
import { sectionTable } from "../../output/table.ts";
import type { Hit } from "../../queries/find/find-records.ts";
import { isWhole, type TrackChoice } from "../../decisions/noted/played-tracks.ts";
import type { ShownSession } from "../../decisions/noted/log-play.ts";
import { type NotedPlay, type NotedTrack, isTooShort } from "../../store/decisions/noted-plays.ts";
import { hitName } from "../shared/choosing/record-by-words.ts";

interface Circumstances {
  readonly hit: Hit;
  readonly choice: TrackChoice;
  /** When it was on the last time before; null where nothing is known. */
  readonly before: number | null;
  readonly nowUts: number;
  readonly isDry: boolean;
}

const yearSeconds = 365 * daySeconds;

/** "Noted: Joni Mitchell · Hejira, on the turntable today, 14 Mar 2026. Undo: rewind played --undo" */
export function notedText(shown: ShownSession, circumstances: Circumstances): string {
  const { hit, choice, before, nowUts, isDry } = circumstances;
  const { play } = shown;
  const part = isWhole(choice) ? "" : `, ${counted(play.tracks.length, "track")}`;
  const { length: copies } = hit;
  const copy = copies > 1 ? ` (#${hit[0].id}, one of ${copies} copies)` : "";
  const sentences = [
    `${isDry ? "Would be noted" : "Noted"}: ${nameOf(shown)}${copy}${part}, on the turntable ${dayInWords(play, nowUts)}.`,
    sinceWhen(play, before),
    isDry ? "" : "Undo: rewind played --undo",
  ];
  return sentences.filter((each) => each !== "").join(" ");
}

export function undoneText(shown: ShownSession): string {
  return `Taken back: ${nameOf(shown)}, noted for ${localDayInWords(shown.play.startUts)}.`;
}

/** "Joni Mitchell · Hejira is already noted as played today at 11:20" */
export function alreadyNotedText(hit: Hit, { startUts, precision }: NotedPlay, nowUts: number): string {
  const day = localDay(startUts) === localDay(nowUts) ? "today" : `on ${localDayInWords(startUts)}`;
  const time = precision === "time" ? ` at ${localTime(startUts)}` : "";
  return `${hitName(hit)} is already noted as played ${day}${time}`;
}

function nameOf({ artist, title, play }: ShownSession): string {
  return artist === null || title === null ? `r${play.releaseId}` : `${artist.trim()} · ${title.trim()}`;
}

function dayInWords({ startUts, precision }: NotedPlay, nowUts: number): string {
  const isToday = localDay(startUts) === localDay(nowUts);
  const day = localDayInWords(startUts);
  const time = precision === "time" && !isToday ? ` at ${localTime(startUts)}` : "";
  return isToday ? `today, ${day}` : `on ${day}${time}`;
}

/** Where it slept for a year and more, or was never heard as far as is known. */
function sinceWhen({ startUts }: NotedPlay, before: number | null): string {
  if (before === null) return "The first that is known.";
  if (startUts - before < yearSeconds) return "";
  const date = new Date(before * 1000);
  return `The first spin since ${monthInWords({ year: date.getFullYear(), month: date.getMonth() + 1 })}.`;
}

/** Track by track, with its length and its time. */
export function trackLines({ tracks }: NotedPlay, screen: Screen): SafeText[] {
  if (tracks.length === 0) return [];
  const isTimed = tracks.some(({ uts }) => uts !== null);
  return [
    ...sectionTable<NotedTrack>(
      [
        { header: "", cell: ({ position }) => position },
        {
          header: "Track",
          cell: ({ title }) => title,
          flexible: { share: 3, maxWidth: 60, cut: "end" },
          isName: true,
        },
        ...(tracks.some(({ artist, albumArtist }) => artist !== albumArtist)
          ? [
              {
                header: "Artist",
                cell: ({ artist }: NotedTrack) => artist,
                flexible: { share: 2, maxWidth: 40, cut: "end" } as const,
                isName: true as const,
              },
            ]
          : []),
        { header: "Length", cell: ({ durationSeconds }) => minutesOf(durationSeconds), numeric: true },
        ...(isTimed
          ? [{ header: "At", cell: ({ uts }: NotedTrack) => (uts === null ? "" : localTime(uts)) }]
          : []),
        { header: "", cell: (track) => remarkOn(track) },
      ],
      tracks,
      screen,
    ),
    printable(""),
  ];
}

function remarkOn(track: NotedTrack): string {
  if (track.isGuessed) return "~ length guessed";
  return isTooShort(track) ? "too short for Last.fm" : "";
}

function minutesOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
