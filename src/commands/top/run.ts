import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { printable } from "../../output/escape.ts";
import { readAlbumFilter } from "../../queries/filters/read-filter.ts";
import { joinedSpan, parseSpan, spanOf } from "../../queries/conditions/span.ts";
import { shellWord } from "../../queries/doubts/commands.ts";
import { document } from "../../queries/top/top-document.ts";
import { ask, topSubjects, type TopSort, type TopSubject } from "../../queries/top/top.ts";
import type { Call } from "../shared/declaration.ts";
import { isOwnedOf, markInsideNames, runListing } from "../shared/listing/run-listing.ts";
import { topFields, topTable } from "./screen.ts";

/** What a subject can't be asked. */
const foreign: Readonly<Record<TopSubject, readonly string[]>> = {
  albums: [],
  artists: ["title", "kind", "wanted"],
  tracks: ["kind", "tracks"],
};

interface Options {
  readonly sort?: TopSort;
  readonly during?: string;
}

export async function runTop(context: Context, call: Call): Promise<void> {
  await runListing(context, call, ({ options, words: given, paging, nowMs, nowUts }) => {
    const [subject, words] = subjectOf(given);
    const { sort = "plays", during }: Options = options;
    refuseForeign(call, subject, sort);
    const isOwned = isOwnedOf(call);
    const typed = joinedSpan(words);
    const isSpan = during === undefined && words.length > 0 && spanOf(typed, nowUts) !== undefined;
    const filter = isSpan
      ? readAlbumFilter({ ...call.options, during: typed }, [], nowUts)
      : readAlbumFilter(call.options, words, nowUts);
    if (isSpan) {
      const search = `${subject === "artists" ? "--artist" : "--title"} ${shellWord(words.join(" "))}`;
      context.note(printable(`rewind: read as --during ${typed}. To search for the words: ${search}`));
    }
    return {
      ask: (database) => {
        const answer = ask(database, { subject, filter, isOwned, sort, paging });
        // Nothing is called so, and it names a time in a form that is not read.
        if (answer.sums.total === 0 && looksLikeTime(typed)) parseSpan("top", typed, nowUts);
        markInsideNames(context, subject.slice(0, -1), answer.rows, filter);
        return answer;
      },
      document,
      fields: topFields(subject),
      rows: ({ rows }) => rows,
      table: (answer) => topTable(answer, nowMs),
    };
  });
}

function refuseForeign({ options }: Call, subject: TopSubject, sort: TopSort): void {
  const wrong = foreign[subject].find((name) => options[name] !== undefined);
  if (wrong !== undefined) {
    throw new UsageError(`--${wrong} is not a filter of ${subject}`, "The filters: rewind top --help");
  }
  if (sort === "spins" && subject !== "albums") {
    throw new UsageError(`${subject} have no spins`, "Albums do: rewind top albums --sort spins");
  }
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
