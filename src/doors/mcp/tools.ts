// All tools, in the order of the list.
import { playsByMonthTool, recapTool, sourcesTool, syncStatus, topTool } from "./tools/plays.ts";
import { crossReference, explainMatch, getRecord, searchRecords } from "./tools/records.ts";
import { collectionStats, dustyTool, gapsTool, pickTool, wantlistTool } from "./tools/shelf.ts";
import { querySql } from "./tools/sql.ts";
import { logHeardTrack, notePlayed, settleMatch, startSync } from "./tools/writing.ts";
import type { Tool } from "./tools/tool.ts";

export const tools: readonly Tool[] = [
  crossReference,
  searchRecords,
  getRecord,
  explainMatch,
  gapsTool,
  dustyTool,
  pickTool,
  collectionStats,
  playsByMonthTool,
  topTool,
  recapTool,
  wantlistTool,
  sourcesTool,
  syncStatus,
  querySql,
  notePlayed,
  logHeardTrack,
  startSync,
  settleMatch,
];
