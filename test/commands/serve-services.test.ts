// Syncs over HTTP on the built program, with services that refuse or are down: what the others gave is published.
import { expect, test } from "vitest";
import type { SourcesDocument } from "../../src/queries/documents/sync-documents.ts";
import { cliWorld, type CliWorld } from "../support/cli-world.ts";
import { lastfmError } from "../support/faults.ts";
import { datedPlays, listenBrainzOf, spotifyDownload } from "../support/other-histories.ts";
import { refusingAddress } from "../support/refusing-address.ts";
import { runProcess } from "../support/run-process.ts";
import { sampled } from "../support/sample.ts";

const collecting = "/v1/admin/sync/collecting";
const listening = "/v1/admin/sync/listening";

interface Reply {
  readonly status: number;
  readonly body: {
    readonly error?: string;
    readonly items_synced?: number;
    readonly run?: { readonly status: string; readonly error: string | null };
  };
}

/** Replies of `rewind serve` to these paths, one after the other, and how its last sync ended. */
async function posted(home: string, env: Readonly<Record<string, string>>, paths: readonly string[]) {
  const key = (await runProcess(["keys", "create", "--admin"], { home, env })).stdout.trim();
  const headers = { authorization: `Bearer ${key}` };
  const read = async (answer: Response): Promise<Reply> => ({
    status: answer.status,
    body: (await answer.json()) as Reply["body"],
  });
  const ask = async (base: string): Promise<Reply[]> => {
    const replies: Reply[] = [];
    for (const path of paths) replies.push(await read(await fetch(base + path, { method: "POST", headers })));
    // The events end with the sync.
    await (await fetch(`${base}/v1/sync`, { headers: { ...headers, accept: "text/event-stream" } })).text();
    return [...replies, await read(await fetch(`${base}/v1/sync`, { headers }))];
  };
  let replies: Promise<Reply[]> = Promise.resolve([]);
  const { code } = await runProcess(["serve", "--port", "0"], {
    home,
    env,
    onOutput: (text, _, child) => {
      const [, base] = /Listening on (http:\/\/[^ ]+)\/v1 /.exec(text) ?? [];
      if (base !== undefined) replies = ask(base).finally(() => child.kill("SIGTERM"));
    },
  });
  expect(code).toBe(0);
  return replies;
}

async function playsOf(home: string, env: Readonly<Record<string, string>>) {
  const { stdout } = await runProcess(["sources", "--json"], { home, env });
  const { data } = JSON.parse(stdout) as SourcesDocument;
  return Object.fromEntries(data.map(({ name, plays }) => [name, plays]));
}

interface Failure {
  readonly name: string;
  /** Makes the service fail; returns settings that do. */
  readonly fail: (world: CliWorld) => Promise<Readonly<Record<string, string>>>;
  readonly why: string;
  readonly of: "collecting" | "listening";
}

const failures: readonly Failure[] = [
  {
    name: "Last.fm refuses the key",
    fail: async ({ lastfm }) => {
      lastfm.behaviour.onRequest = () => lastfmError(26);
      return {};
    },
    why: "Last.fm refused the API key",
    of: "listening",
  },
  {
    name: "Last.fm is down",
    fail: async () => ({ LASTFM_API_URL: await refusingAddress() }),
    why: "Last.fm can't be reached",
    of: "listening",
  },
  {
    name: "Discogs refuses the token",
    fail: async () => ({ DISCOGS_TOKEN: "wrong-secret-value" }),
    why: "Discogs",
    of: "collecting",
  },
  {
    name: "Discogs is down",
    fail: async () => ({ DISCOGS_API_URL: await refusingAddress() }),
    why: "Discogs can't be reached",
    of: "collecting",
  },
];

test.each(sampled("failing services over HTTP", failures, 1))(
  "while $name, syncs over HTTP publish what the others gave",
  async ({ fail, why, of }) => {
    const world = await cliWorld({ records: 40, albums: 30, plays: 200 });
    const plays = datedPlays(world);
    const env = { ...world.env, ...(await listenBrainzOf(plays)), ...(await fail(world)) };
    const [shelf, played, started, ended] = await posted(world.home, env, [
      collecting,
      listening,
      "/v1/sync",
    ]);
    const [failing, working] = of === "collecting" ? [shelf, played] : [played, shelf];
    expect(working).toMatchObject({ status: 200, body: { status: "completed" } });
    expect(failing).toMatchObject({ status: 500, body: { error: expect.stringContaining(why) as string } });
    expect(started?.status).toBe(202);
    expect(ended?.body.run).toMatchObject({
      status: "failed",
      error: expect.stringContaining(why) as string,
    });
    const { listenbrainz, lastfm } = await playsOf(world.home, env);
    expect({ listenbrainz, hasLastfm: lastfm !== undefined }).toEqual({
      listenbrainz: plays.length,
      hasLastfm: of === "collecting",
    });
    const { code, stdout } = await runProcess(["xref", "--all", "--json"], { home: world.home, env });
    const xref = code === 0 ? (JSON.parse(stdout) as { pagination: { total: number } }) : null;
    expect({ code, records: xref?.pagination.total ?? null }).toEqual(
      of === "collecting" ? { code: 5, records: null } : { code: 0, records: 40 },
    );
  },
);

test("a listening sync of somebody with files only has nothing to do", async () => {
  const world = await cliWorld({ records: 40, albums: 30, plays: 200 });
  const env = { ...world.env, LASTFM_API_KEY: "", LASTFM_USERNAME: "" };
  const plays = datedPlays(world);
  await runProcess(["import", spotifyDownload(world.home, plays)], { home: world.home, env });
  const [played] = await posted(world.home, env, [listening]);
  expect(played).toMatchObject({ status: 200, body: { status: "completed", items_synced: 0 } });
  expect(await playsOf(world.home, env)).toEqual({ spotify: plays.length });
});
