// Writes the confidence table: what each rung earned on observed credits, which counts.json holds. Those of the dev set
// are what `npm run eval -- … --counts` prints.
//   npm run calibrate
// Types are not checked before it: a new rung is known to the ladder, and not yet to the table that this writes.
import { readFileSync, writeFileSync } from "node:fs";
import { isDoubtful, rungs } from "../../dist-modules/match/rungs/ladder.js";
import { confidenceTable } from "./confidence-table.mjs";

const at = (path) => new URL(path, import.meta.url);

const table = confidenceTable(rungs, isDoubtful, JSON.parse(readFileSync(at("counts.json"), "utf8")));
writeFileSync(at("../../src/match/rungs/confidence.ts"), table);
process.stdout.write(table);
