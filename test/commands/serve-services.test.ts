// Syncs over HTTP on the built program, with services that refuse or are down: what the others gave is published.
import { expect, test } from "vitest";
import { createCliFixture } from "../support/cli-fixture.ts";
import {
  type Answers,
  readAnswers,
  readAnswersWithout,
  failures,
  quickRetries,
  type ServiceName,
  makeSettings,
  startThreeServices,
} from "../support/failing-services.ts";
import { listDatedPlays, writeSpotifyDownload } from "../support/other-histories.ts";
import { runCli } from "../support/run-cli.ts";
import { runProcess } from "../support/run-process.ts";
import { sampleItems } from "../support/sampling.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

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
async function postAll(home: string, env: Readonly<Record<string, string>>, paths: readonly string[]) {
  const key = (await runCli(["keys", "create", "--admin"], { home })).stdout.trim();
  const headers = { authorization: `Bearer ${key}` };
  const readReply = async (answer: Response): Promise<Reply> => ({
    status: answer.status,
    body: (await answer.json()) as Reply["body"],
  });
  const postInOrder = async (base: string): Promise<Reply[]> => {
    const replies: Reply[] = [];
    for (const path of paths)
      replies.push(await readReply(await fetch(base + path, { method: "POST", headers })));
    // The events end with the sync.
    await (await fetch(`${base}/v1/sync`, { headers: { ...headers, accept: "text/event-stream" } })).text();
    return [...replies, await readReply(await fetch(`${base}/v1/sync`, { headers }))];
  };
  let replies: Promise<Reply[]> = Promise.resolve([]);
  const { code } = await runProcess(["serve", "--port", "0"], {
    home,
    env: { ...env, ...quickRetries },
    onOutput: (text, _, child) => {
      const [, base] = /Listening on (http:\/\/[^ ]+)\/v1 /.exec(text) ?? [];
      if (base !== undefined) replies = postInOrder(base).finally(() => child.kill("SIGTERM"));
    },
  });
  expect(code).toBe(0);
  return replies;
}

/** The answers by service; all stand-ins are alike. */
const expected = new Map<ServiceName, Promise<Answers>>();

test.each(sampleItems("failing services over HTTP", failures, 1, 4))(
  "while $of fails ($name), syncs over HTTP publish what the others gave",
  async (failure) => {
    const { of, message } = failure;
    const env = await startThreeServices();
    const home = createTempDirectory("rewind-home");
    const [shelf, played, started, ended] = await postAll(
      home,
      { ...env, ...(await makeSettings(failure)) },
      [collecting, listening, "/v1/sync"],
    );
    const [failing, working] = of === "discogs" ? [shelf, played] : [played, shelf];
    const error = expect.stringMatching(message) as string;
    expect(working).toMatchObject({ status: 200, body: { status: "completed" } });
    expect(failing).toMatchObject({ status: 500, body: { error } });
    expect(started?.status).toBe(202);
    expect(ended?.body.run).toMatchObject({ status: "failed", error });
    const answers = expected.get(of) ?? readAnswersWithout(of, env);
    expected.set(of, answers);
    expect(await readAnswers(home)).toEqual(await answers);
  },
);

test("does nothing in a listening sync of a user with files only", async () => {
  const fixture = await createCliFixture({ records: 40, albums: 30, plays: 200 });
  const env = { ...fixture.env, LASTFM_API_KEY: "", LASTFM_USERNAME: "" };
  const plays = listDatedPlays(fixture);
  await runProcess(["import", writeSpotifyDownload(fixture.home, plays)], { home: fixture.home, env });
  const [played] = await postAll(fixture.home, env, [listening]);
  expect(played).toMatchObject({ status: 200, body: { status: "completed", items_synced: 0 } });
  expect(await readAnswers(fixture.home)).toMatchObject({
    sources: [{ name: "spotify", plays: plays.length }],
    records: 5,
  });
});
