import { expect, test } from "vitest";
import { buildOpenApiDocument } from "../../../src/interfaces/http/openapi.ts";
import { buildRoutes } from "../../../src/interfaces/http/routes/all-routes.ts";
import { buildRecord, fillCache } from "../../support/filled-cache.ts";
import { sampleHome } from "../../support/sample-home.ts";
import { serveCache } from "../../support/served-cache.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";

test.each([
  ["collecting/cross-reference?filter=", "filter takes one of: all, listened, unlistened"],
  ["collecting/cross-reference?genre=x", "genre takes what your records carry: "],
  ["collecting/gaps?tracks=a", "tracks takes a value like 1.."],
  ["collecting/cross-reference?last-played=x", "last-played takes a value like 2024, 1y, ..1y"],
  ["collecting/cull?why=x", "why takes one of: copy, never, rating"],
  ["collecting/wants?owned=x", "owned takes one of: any, yes, no"],
  ["listening/top?what=x", "what takes one of: albums, artists, tracks"],
  ["listening/top?what=artists&sort=spins", "sort takes plays for artists, which have no spins"],
])("GET /v1/%s says what is allowed", async (path, message) => {
  const { ask } = serveCache(await sampleHome());
  const answer = await ask(`/v1/${path}`);
  const { error } = (await answer.json()) as { readonly error: string };
  expect([answer.status, error.slice(0, message.length), /[()]/.test(error)]).toEqual([400, message, false]);
});

test.each([
  [20, false],
  [21, true],
])("of %i genres, a refusal lists the first twenty", async (count, isCut) => {
  const home = createTempDirectory();
  const genres = Array.from({ length: count }, (_, at) => `Genre ${at + 10}`);
  await fillCache(home, { records: [buildRecord({ artist: "Can", title: "Tago Mago", genres })] });
  const answer = await serveCache(home).ask("/v1/collecting/cross-reference?genre=x");
  const listed = genres.slice(0, 20).join(", ");
  expect(await answer.json()).toEqual({
    error: `genre takes what your records carry: ${listed}${isCut ? ", …" : ""}`,
    status: 400,
  });
});

test.each(["genre=Polka", "format=Wax"])(
  "a collection of %s is empty, as on the hosted service",
  async (query) => {
    const { json } = serveCache(await sampleHome());
    expect(await json(`/v1/collecting/vinyl?limit=5&${query}`)).toEqual({
      data: [],
      pagination: { page: 1, limit: 5, total: 0, total_pages: 0 },
    });
  },
);

test("GET / answers JSON to who asks for JSON alone", async () => {
  const { ask } = serveCache(await sampleHome());
  const readContentType = async (accept: string): Promise<string | null> =>
    (await ask("/", { headers: { authorization: "", accept } })).headers.get("content-type");
  expect(await readContentType("application/json")).toBe("application/json; charset=utf-8");
  expect(await readContentType("text/html,application/json")).toBe("text/html; charset=utf-8");
});

test("the description names the default of filter, and the parts as the hosted documentation does", () => {
  const { paths, tags } = buildOpenApiDocument(buildRoutes("0"), "0") as never as {
    readonly paths: Record<
      string,
      { get: { tags: string[]; parameters: { name: string; schema: unknown }[] } }
    >;
    readonly tags: readonly { readonly name: string }[];
  };
  const { get } = paths["/v1/collecting/cross-reference"] ?? {};
  expect(get?.parameters.find(({ name }) => name === "filter")?.schema).toMatchObject({ default: "all" });
  expect(get?.tags).toEqual(["Collecting"]);
  const declared = tags.map(({ name }) => name);
  for (const { get: one } of Object.values(paths))
    for (const tag of one?.tags ?? []) expect(declared).toContain(tag);
});
