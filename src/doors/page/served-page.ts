// The page of rewind serve: the whole page, with a search form above its wall.
import { readRecordFilter } from "../../queries/filters/read-filter.ts";
import type { Database } from "../../store/file/database.ts";
import { collect } from "./parts/contents.ts";
import { finderSorts, type Finding } from "./parts/finder.ts";
import { pageOf } from "./page.ts";
import { createPictures } from "./parts/pictures.ts";

export async function servedPage(
  database: Database,
  finding: Finding,
  { version, nowUts }: { readonly version: string; readonly nowUts: number },
): Promise<string> {
  const words = finding.words.split(/\s+/).filter((word) => word !== "");
  const contents = await collect(database, {
    filter: readRecordFilter({ filter: finding.filter }, words, nowUts),
    order: { sort: finderSorts.find(([name]) => name === finding.sort)?.[0] ?? "plays" },
    groupBy: null,
    wall: "sized",
    nowUts,
  });
  const pictures = createPictures(database, {
    recordIds: contents.wall.flatMap(({ records }) => records.map(({ id }) => id)),
    directory: null,
  });
  const asked = [words.join(" "), finding.filter === "all" ? "" : finding.filter];
  const filters = asked.filter((part) => part !== "").join(", ");
  let page = "";
  for await (const piece of pageOf(contents, { version, pictures, filters, finding })) page += piece;
  return page;
}
