// An ETag is a promise: while it is the same, so is the answer, whatever was done to the cache in between.
import { expect, test } from "vitest";
import { buildRoutes } from "../../../src/interfaces/http/routes/all-routes.ts";
import { createCliFixture } from "../../support/cli-fixture.ts";
import { noon } from "../../support/run-cli.ts";
import { serveCache } from "../../support/served-cache.ts";

const numbers: Readonly<Record<string, readonly string[]>> = { id: ["1", "2", "3"], year: ["2025"] };

test("an answer that changes has another ETag", async () => {
  const person = await createCliFixture({ records: 40, albums: 40, plays: 200, wants: 5 });
  const [artist = "", another = ""] = new Set(
    person.worlds.discogs.shelf.records.rows.map(({ release }) => release.artists[0]?.name ?? ""),
  );
  expect((await person.rewind(["sync", "--no-history"])).code).toBe(0);
  const paths = buildRoutes("0").flatMap(({ method, path, ...route }) => {
    if (method !== "get" || !("isLasting" in route) || !route.isLasting) return [];
    const [part, name = ""] = /\{(\w+)\}/.exec(path) ?? [];
    return part === undefined ? [path] : (numbers[name] ?? []).map((each) => path.replace(part, each));
  });
  const readAnswers = async (): Promise<
    ReadonlyMap<string, readonly [etag: string | null, body: string]>
  > => {
    const { ask } = serveCache(person.home, { nowMs: () => noon + 3_600_000 });
    const found = new Map<string, readonly [string | null, string]>();
    for (const path of paths) {
      const answer = await ask(path);
      found.set(path, [answer.headers.get("etag"), await answer.text()]);
    }
    return found;
  };
  let before = await readAnswers();
  const changed = new Set<string>();
  for (const argv of [
    ["sync"],
    ["sync", "--musicbrainz"],
    ["sync", "--tracklists"],
    ["link", "1", "--none"],
    ["alias", "add", artist, another],
    ["gaps", "hide", "--", "a1"],
    ["played", "2", "--on", "2026-03-01"],
  ]) {
    const { code, stderr } = await person.rewind(argv);
    expect({ argv, code, stderr }).toMatchObject({ argv, code: 0 });
    const now = await readAnswers();
    for (const [path, [etag, body]] of now) {
      const [etagBefore, bodyBefore] = before.get(path) ?? [];
      if (body === bodyBefore) continue;
      changed.add(argv.join(" "));
      expect({ argv, path, isSame: etag !== null && etag === etagBefore }).toEqual({
        argv,
        path,
        isSame: false,
      });
    }
    before = now;
  }
  // One that changes nothing tries nothing.
  expect(changed.size).toBeGreaterThanOrEqual(5);
});
