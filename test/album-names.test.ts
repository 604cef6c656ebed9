// An album's title has one name for each reader: album_name in answers to programs and in the views that join it to
// something else, title in the view of albums, album in the files that keep decisions.
import { expect, test } from "vitest";
import { propertiesOf, type JsonSchema } from "../src/queries/documents/json-schema.ts";
import { views } from "../src/store/sql-views.ts";
import { everyDeclaration } from "./support/declarations.ts";

/** What else it could be called. */
const otherNames = /^(?:album_?title|albumname|release_album|album)$/i;

/** Each text of a document, with the keys beside it. */
function textsOf(
  schema: JsonSchema,
  path: string,
): { readonly path: string; readonly beside: readonly string[] }[] {
  const keys = propertiesOf(schema);
  return Object.entries(keys).flatMap(([name, key]) => {
    const here = `${path}.${name}`;
    const below = textsOf(key, here);
    return below.length === 0 ? [{ path: here, beside: Object.keys(keys) }] : below;
  });
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf(".") + 1);

test("in every document it is album_name, beside artist_name", async () => {
  const documents = await Promise.all(
    (await everyDeclaration()).map(async ({ path, declaration }) =>
      ((await declaration.json?.()) ?? []).flatMap(({ schema }) => textsOf(schema, path.join(" "))),
    ),
  );
  const texts = documents.flat();
  expect(texts.map(({ path }) => path).filter((path) => otherNames.test(nameOf(path)))).toEqual([]);
  const named = texts.filter(({ path }) => nameOf(path) === "album_name");
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter(({ beside }) => !beside.includes("artist_name")).map(({ path }) => path)).toEqual([]);
});

test("in the views it is album_name where something else is meant, title where the album is", () => {
  const columns = new Map(views.map(({ name, columns: all }) => [name, all.map((column) => column.name)]));
  for (const view of ["records", "matches"]) {
    expect(columns.get(view)).toContain("album_name");
    expect(columns.get(view)?.filter((name) => otherNames.test(name))).toEqual([]);
  }
  expect(columns.get("albums")).toContain("title");
  expect(columns.get("albums")?.filter((name) => name === "album_name" || otherNames.test(name))).toEqual([]);
  // A scrobble has the album tag of its track, which may be no album of the chart.
  expect([...columns].filter(([, names]) => names.some((name) => otherNames.test(name)))).toEqual([
    ["scrobbles", expect.anything()],
    ["play_sources", expect.anything()],
  ]);
});
