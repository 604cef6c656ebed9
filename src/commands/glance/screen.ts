// The glance: ten lines at most, on the narrowest of screens too; what is too long is cut.
import { daySeconds } from "../../model/local-days.ts";
import { age } from "../../output/dates.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { footerLines } from "../../output/footer.ts";
import { counted, percent, thousands } from "../../output/numbers.ts";
import { sentence } from "../../output/paragraph.ts";
import type { Look } from "../../output/look.ts";
import { inAscii } from "../../output/screen.ts";
import { cutEnd, padEnd } from "../../output/width.ts";
import type { GlanceAnswer } from "../../queries/shelf/glance.ts";
import { firstSteps, stepLines, stepsOnceConnected } from "../shared/opening/first-steps.ts";
import { whyInShort } from "../shared/listing/pick-reason.ts";
import { yearsInWords } from "../shared/listing/times-in-words.ts";

interface State {
  readonly nowUts: number;
  readonly isSyncing: boolean;
}

const labelWidth = 11;
export function glanceLines(answer: GlanceAnswer, state: State, look: Look): SafeText[] {
  const { colours, screen } = look;
  const staleness = state.nowUts - answer.syncedUts > daySeconds ? colours.yellow : (text: SafeText) => text;
  return [
    ...block("Shelf", shelfParts(answer), { look, most: 1 }),
    ...block("Last week", weekParts(answer, state), { look, most: 2 }),
    ...block("Tonight", pickParts(answer, state), { look, most: 2 }),
    ...block("To settle", doubtParts(answer), { look, most: 1 }),
    ...block("Synced", syncParts(answer, state), { look, most: 1 }).map(staleness),
    safe``,
    ...footerLines([["rewind xref", "rewind stats", "rewind gaps", "rewind pick", "rewind --help"]], screen)
      .slice(0, 2)
      .map((line) => colours.dim(cutEnd(line, screen.width))),
  ];
}

/** What there is to do before there is anything to see; `missing` says what there is nothing of. */
export function beginningLines(missing: string, isConnected: boolean, { screen }: Look): SafeText[] {
  const steps = isConnected ? stepsOnceConnected : firstSteps;
  const head = `${missing.charAt(0).toUpperCase()}${missing.slice(1)}. ${isConnected ? "Your accounts are connected. Next:" : "First steps:"}`;
  return [
    ...sentence(head, screen),
    ...stepLines(steps).map((line) => cutEnd(printable(line), Math.max(screen.width, 1))),
  ];
}

function shelfParts({ records, scrobbled }: GlanceAnswer): string[] {
  const never = records - scrobbled;
  return [
    `${thousands(scrobbled)} of ${counted(records, "record")} scrobbled (${percent(scrobbled, records)})`,
    never === 0 ? "" : `never ${thousands(never)}`,
  ];
}

function weekParts({ history, playsFrom, week, syncedUts }: GlanceAnswer, { nowUts }: State): string[] {
  if (history === "hidden") return [`unknown, the listening history is hidden on ${playsFrom}`];
  if (history === "incomplete") return ["not known yet, the listening history is still to come"];
  if (week === null) return [`not known, last synced ${age(Math.max(0, nowUts - syncedUts))} ago`];
  const { plays, albums, most } = week;
  if (plays === 0) return ["no plays"];
  return [
    albums === 0 ? counted(plays, "play") : `${counted(plays, "play")}, ${counted(albums, "album")}`,
    most === null ? "" : `most: ${most.artist}, ${most.title} (${thousands(most.plays)})`,
  ];
}

function pickParts({ pick }: GlanceAnswer, { nowUts }: State): string[] {
  if (pick === null) return [];
  const { record, recordId, form } = pick;
  const facts = [form, yearsInWords(record), whyInShort(pick, nowUts)].filter((fact) => fact !== "");
  return [`#${recordId} ${record.artist}, ${record.title.trim()}`, facts.join(", ")];
}

function doubtParts({ doubts }: GlanceAnswer): string[] {
  return doubts === 0 ? [] : [`${counted(doubts, "doubtful match", "doubtful matches")}: rewind review`];
}

function syncParts({ syncedUts, history }: GlanceAnswer, { nowUts, isSyncing }: State): string[] {
  const ago = `${age(Math.max(0, nowUts - syncedUts))} ago`;
  if (isSyncing) return [`${ago}, a sync is running`];
  return [`${ago}, ${history === "incomplete" ? "to continue" : "to update"}: rewind sync`];
}

/** Parts behind their label, side by side where they fit, each cut to its line otherwise; none where there are none. */
function block(
  label: string,
  parts: readonly string[],
  { look, most }: { readonly look: Look; readonly most: number },
): SafeText[] {
  const { screen, colours } = look;
  const width = Math.max(1, screen.width - labelWidth);
  const glyphs = (text: string): SafeText => (screen.unicode ? printable(text) : inAscii(printable(text)));
  const cut = parts.filter((part) => part !== "").map((part) => cutEnd(glyphs(part), width, glyphs("…")));
  return footerLines([cut], { ...screen, width })
    .slice(0, most)
    .map((line, at) => safe`${colours.dim(padEnd(printable(at === 0 ? label : ""), labelWidth))}${line}`);
}
