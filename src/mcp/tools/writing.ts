// What changes something: offered only where the user allowed it. Each runs the command of rewind that does it.
import type { Keys } from "../../queries/document.ts";
import * as explain from "../../queries/explain.ts";
import { recordParameter } from "../chosen-record.ts";
import { inTheirNames } from "../filter-parameters.ts";
import { quoted } from "../lines.ts";
import { phrases, toggle } from "../parameters.ts";
import { tool, type SyncStart } from "../tool.ts";

const albums = (meaning: string) =>
  phrases(`${meaning}: ids as explain_match gives them, like a12, or words that find one album`, null);

type Explained = ReturnType<typeof explain.document>;

export const settleMatch = tool({
  name: "settle_match",
  title: "Decide a match",
  description:
    "Decide which albums a record's plays are taken from. It overrides the matcher, survives every sync, and can be taken back with clear. Ask the user first.",
  parameters: {
    record: recordParameter,
    add: albums("credit these as well"),
    not: albums("don't credit these"),
    only: albums("credit these and no others"),
    none: toggle("credit nothing: no album is this record"),
    clear: toggle("leave it to the matcher again"),
  },
  keys: explain.keys,
  writes: { isIdempotent: true, isOpenWorld: false },
  async answer({ record, none, clear, ...lists }, shelf) {
    const given = Object.entries(lists).flatMap(([name, texts]) => texts.map((text) => `--${name}=${text}`));
    const line = ["link", ...given, ...(none ? ["--none"] : []), ...(clear ? ["--clear"] : [])];
    const document = (await inTheirNamesLater(() =>
      shelf.run([...line, "--json", "--", record]),
    )) as Explained;
    const { decision, record: decided } = document;
    return {
      document,
      lines: [
        `#${decided.id} ${quoted(decided.title)}: ${decision.match_type}, decided by ${decision.decided_by}.`,
      ],
    };
  },
});

async function inTheirNamesLater<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    return inTheirNames(() => {
      throw error;
    });
  }
}

const syncKeys: Keys<SyncStart> = {
  started: "false: one is running already",
  failure: "how the last one that was started here ended; null where it did not fail",
};

export const startSync = tool({
  name: "start_sync",
  title: "Start a sync",
  description:
    "Fetch what is new from the services. It returns at once; sync_status says whether it is still running.",
  parameters: {},
  keys: syncKeys,
  writes: { isIdempotent: true, isOpenWorld: true },
  async answer(_, shelf) {
    const document = shelf.startSync();
    const { started, failure } = document;
    return {
      document,
      lines: [
        started ? "A sync was started." : "A sync is running already.",
        ...(failure === null ? [] : [`The last one failed: ${failure}`]),
      ],
    };
  },
});
