import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { printable } from "../../output/escape.ts";
import { present } from "../../output/present.ts";
import { readAlbumFilter } from "../../queries/filters/read-filter.ts";
import { joinedSpan, parseSpan, spanOf } from "../../queries/conditions/span.ts";
import { shellWord } from "../../queries/doubts/commands.ts";
import { document } from "../../queries/top/top-document.ts";
import { ask, topSubjects, type TopSort, type TopSubject } from "../../queries/top/top.ts";
import { openAnswers } from "../shared/opening/answers.ts";
import type { Call } from "../shared/call.ts";
import { markInsideNames } from "../shared/listing/found-inside.ts";
import { readListingOptions } from "../shared/listing/listing-options.ts";
import { topFields, topTable } from "./screen.ts";

/** What a subject can't be asked. */
const foreign: Readonly<Record<TopSubject, readonly string[]>> = {
  albums: [],
  artists: ["title", "kind", "wanted"],
  tracks: ["kind", "tracks"],
};

export async function runTop(context: Context, call: Call): Promise<void> {
  const {
    arguments: [given],
    options,
  } = call;
  const { paging, ...form } = readListingOptions(options, context);
  const [subject, words] = subjectOf(Array.isArray(given) ? given.map(String) : []);
  const { sort = "plays", owned, notOwned } = options as { sort?: TopSort; owned?: true; notOwned?: true };
  const wrong = foreign[subject].find((name) => options[name] !== undefined);
  if (wrong !== undefined) {
    throw new UsageError(`--${wrong} is not a filter of ${subject}`, "The filters: rewind top --help");
  }
  if (sort === "spins" && subject !== "albums") {
    throw new UsageError(`${subject} have no spins`, "Albums do: rewind top albums --sort spins");
  }
  if (owned === true && notOwned === true) {
    throw new UsageError("--owned and --not-owned can't be combined", "Without them both are listed.");
  }
  const nowMs = context.clock.now();
  const nowUts = Math.floor(nowMs / 1000);
  const typed = joinedSpan(words);
  const isSpan = options["during"] === undefined && words.length > 0 && spanOf(typed, nowUts) !== undefined;
  const filter = isSpan
    ? readAlbumFilter({ ...options, during: typed }, [], nowUts)
    : readAlbumFilter(options, words, nowUts);
  if (isSpan) {
    const flag = subject === "artists" ? "--artist" : "--title";
    context.note(
      printable(
        `rewind: read as --during ${typed}. To search for the words: ${flag} ${shellWord(words.join(" "))}`,
      ),
    );
  }
  const { database, synced } = await openAnswers(context, { call });
  const isOwned = owned === true ? true : notOwned === true ? false : null;
  const answer = ask(database, { subject, filter, isOwned, sort, paging });
  // Nothing is called so, and it names a time in a form that is not read.
  if (answer.sums.total === 0 && looksLikeTime(typed)) parseSpan("top", typed, nowUts);
  markInsideNames(context, subject.slice(0, -1), answer.rows, filter);
  await present(context, form, {
    document: () => document(answer),
    fields: topFields(subject),
    rows: answer.rows,
    synced,
    table: () => topTable(answer, nowMs),
  });
}

function looksLikeTime(text: string): boolean {
  return /^(?:(?:this|last|next)-)?(?:day|week|month|quarter|year|decade)s?$|^tomorrow$|^\d{1,4}[-./]+\d{1,4}|^\.\.\d/.test(
    text,
  );
}

/** The first word may be what is asked for. */
function subjectOf(words: readonly string[]): [TopSubject, readonly string[]] {
  const subject = topSubjects.find((name) => name === words[0]);
  return subject === undefined ? ["albums", words] : [subject, words.slice(1)];
}
