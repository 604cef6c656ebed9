import type { Context } from "../../context.ts";
import { CacheError } from "../../errors.ts";
import { printable } from "../../output/escape.ts";
import { jsonText } from "../../output/json.ts";
import { writeListing, type Field } from "../../output/listing.ts";
import { contractRow, isoSeconds } from "../../queries/contract.ts";
import { recordById } from "../../queries/cross-reference.ts";
import { readRecordFilter } from "../../queries/filters/read-filter.ts";
import { needsOf, type RecordFilter } from "../../queries/filters/record-filter.ts";
import { fieldNames, fieldValue, pickRecords, yearOfMostSpins, type Picks } from "../../queries/pick.ts";
import { historyState, requireHistory } from "../../queries/readiness.ts";
import { seededRandom } from "../../queries/seeded-random.ts";
import { redact } from "../../redact.ts";
import { transact, type Database } from "../../store/database.ts";
import { proposedSince, rememberProposals } from "../../store/memory.ts";
import { openAnswers } from "../shared/answers.ts";
import type { Call } from "../shared/call.ts";
import { readListingOptions } from "../shared/listing-options.ts";
import { whyInFull, whyInShort } from "./reason.ts";
import { writePicks } from "./screen.ts";
import type { Proposal } from "./proposal.ts";
import { recordFields } from "../shared/record-fields.ts";

/** For so long an album isn't proposed again. */
const monthSeconds = 31 * 24 * 60 * 60;
/** The answer doesn't wait long for a sync that is writing. */
const memoryTimeoutMs = 500;

export async function runPick(context: Context, call: Call): Promise<void> {
  const { as, safeCsv } = readListingOptions(call.options, context.screen);
  const { number = 1, seed } = call.options as { number?: number; seed?: number };
  const nowUts = Math.floor(context.clock.now() / 1000);
  const filter = filterOf(call, nowUts);
  const { database, published } = await openAnswers(context);
  requireHistory(published, ...needsOf(filter));
  const fromUts = nowUts - monthSeconds;
  const picks = pickRecords(database, {
    filter,
    count: number,
    random: seed === undefined ? context.random : seededRandom(seed),
    nowUts,
    // With a seed the answer hangs on nothing but the cache.
    except: seed === undefined ? proposedSince(database, fromUts) : [],
    isHistoryComplete: historyState(published) === "complete",
  });
  const proposals = proposalsOf(context, database, { picks, nowUts });
  if (seed === undefined) remember(context, database, { picks, nowUts, fromUts });
  if (as === "json") {
    const document = picksJson(proposals, picks, seed ?? null);
    return context.write(jsonText(document, { indent: context.screen.isTerminal }));
  }
  if (as !== "table") return writeListing(context, fields, proposals, { as, safeCsv });
  await writePicks(context, { proposals, picks, seed: seed ?? null });
}

/** Albums and EPs unless kinds are named: a single is a song, a box takes the night. */
function filterOf({ arguments: [words], options }: Call, nowUts: number): RecordFilter {
  const filter = readRecordFilter(options, words, nowUts);
  return { ...filter, kind: filter.kind ?? ["album", "ep"] };
}

function proposalsOf(
  context: Context,
  database: Database,
  { picks: { picks }, nowUts }: { picks: Picks; nowUts: number },
): Proposal[] {
  const shelfOf = shelfReader(context, database);
  return picks.flatMap((candidate) => {
    const record = recordById(database, candidate.recordId);
    if (record === undefined) return [];
    const facts = { ...candidate, nowUts, yearOfMostSpins: yearOfMostSpins(database, candidate.recordId) };
    return [
      {
        ...candidate,
        record,
        shelf: shelfOf(candidate.recordId),
        why: whyInFull(facts),
        whyInShort: whyInShort(facts),
      },
    ];
  });
}

/** The custom field that the settings name; a wrong name is said once and changes nothing. */
function shelfReader(context: Context, database: Database): (recordId: number) => string | null {
  const setting = context.settings();
  const name = setting("shelf_field");
  if (name === null) return () => null;
  if (fieldValue(database, name, 0) === undefined) {
    const known = fieldNames(database).join(", ");
    // What came into the wrong setting may be a secret.
    const shown = redact(name, [setting("discogs_token") ?? "", setting("lastfm_api_key") ?? ""]);
    context.note(
      printable(
        `rewind: the collection has no field "${shown}", which the setting shelf_field names${known === "" ? "" : `; it has ${known}`}`,
      ),
    );
    return () => null;
  }
  return (recordId) => fieldValue(database, name, recordId) ?? null;
}

/** A cache that can't be written has still been read: the answer stands. */
function remember(
  context: Context,
  database: Database,
  { picks: { picks }, nowUts, fromUts }: { picks: Picks; nowUts: number; fromUts: number },
): void {
  if (picks.length === 0) return;
  try {
    database.pragma(`busy_timeout = ${memoryTimeoutMs}`);
    transact(database, () => rememberProposals(database, picks, { nowUts, fromUts }));
  } catch (error) {
    if (!(error instanceof CacheError)) throw error;
    context.note(
      printable(`rewind: this proposal is not remembered and may come again soon: ${error.message}`),
    );
  }
}

function picksJson(
  proposals: readonly Proposal[],
  picks: Picks,
  seed: number | null,
): Record<string, unknown> {
  return {
    data: proposals.map(({ record, copies, spins, lastSpinUts, shelf, why, weight }) => ({
      ...contractRow(record),
      copies,
      spins,
      last_spin: lastSpinUts === null ? null : isoSeconds(lastSpinUts),
      label: record.label,
      catalog_number: record.catalogNumber,
      folder: record.folder,
      shelf,
      why,
      weight,
    })),
    summary: { albums: picks.albums, records: picks.records, proposed_lately: picks.excepted },
    seed,
  };
}

const fields: readonly Field<Proposal>[] = [
  ...recordFields.map((field): Field<Proposal> => ({ ...field, value: ({ record }) => field.value(record) })),
  { name: "shelf", value: ({ shelf }) => shelf },
  { name: "why", value: ({ why }) => why },
];
