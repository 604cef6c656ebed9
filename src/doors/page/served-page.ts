// The page as a server sends it, with the search results on its wall.
import { markup, type Markup, nothing, text } from "../../output/markup.ts";
import { readRecordFilter } from "../../queries/filters/read-filter.ts";
import type { Database } from "../../store/file/database.ts";
import { collect } from "./parts/contents.ts";
import { finderSorts, type Finding } from "./parts/finder.ts";
import { pageOf } from "./page.ts";
import { createPictures } from "./parts/pictures.ts";
import { documentEnd, documentStart, policyOf } from "./parts/document.ts";

export interface ServedPageOptions {
  readonly version: string;
  readonly nowUts: number;
}

/** Other parameters of the address belong to other pages. */
export const findingNames = ["words", "filter", "sort"] as const;

/** Returns undefined for an order or a filter that the form does not have. */
export function readFinding(given: (name: string) => string | undefined): Finding | undefined {
  const {
    words = "",
    filter = "all",
    sort = "plays",
  } = Object.fromEntries(findingNames.map((name) => [name, given(name)]));
  const isKnown =
    ["all", "listened", "unlistened"].includes(filter) && finderSorts.some(([name]) => name === sort);
  return isKnown ? { words: words.slice(0, 200), filter, sort } : undefined;
}

export async function servedPage(
  database: Database,
  finding: Finding,
  { version, nowUts }: ServedPageOptions,
): Promise<Markup[]> {
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
  const pieces: Markup[] = [];
  for await (const piece of pageOf(contents, { version, pictures, filters, finding })) pieces.push(piece);
  return pieces;
}

/** The page that asks for a key once. */
export const signInPolicy = policyOf({ forms: true });

export function signInPage({
  version,
  remark,
}: {
  readonly version: string;
  readonly remark: string;
}): Markup {
  const why = remark === "" ? nothing : markup`<p role="alert">${text(remark)}</p>`;
  return markup`${documentStart({ title: text("rewind"), version, policy: signInPolicy })}
<main id="main" class="door"><p class="brand">rewind</p><h1>Whose shelf is it?</h1>${why}
<form method="post" action="/session"><label>Key <input type="password" name="key" required autofocus autocomplete="current-password" maxlength="200"></label> <button>Open</button></form>
<p class="note">A key is made by: rewind keys create. Whoever started the server needs none: rewind serve --open</p></main>
${documentEnd()}`;
}
