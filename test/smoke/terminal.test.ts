// The built program on a terminal of its own, where the system offers one: what a stand-in for a stream can't show.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createCliFixture } from "../support/cli-fixture.ts";
import { startFakeListenBrainz } from "../support/fake-listenbrainz.ts";
import { createListenBrainzData, buildPlainListen } from "../support/listenbrainz-data.ts";
import { readStoredSettings } from "../support/new-user.ts";
import { hasTerminals, runOnTerminal, type ProcessOptions } from "../support/run-process.ts";
import { findRawText, listWrongLinks } from "./output-checks.ts";
import { allMatchCases, createSmallCollection } from "../support/small-collection.ts";
import { hostileHome } from "./hostile-cache.ts";

test.skipIf(!hasTerminals)("shows nothing raw on a real terminal, and shows links", async () => {
  const { home } = await hostileHome();
  const lines = ["xref --all", "explain 1 --verbose", "review --list", "explain 1 --add", "xref --as csv"];
  const typed = lines.map((line) => `"$NODE" "$REWIND" ${line}`).join("; ");
  const { stdout } = await runOnTerminal(`${typed}; true`, {
    home,
    env: { TERM: "xterm-kitty", COLORTERM: "truecolor", PAGER: "cat" },
  });
  // A terminal's own line ends: it makes two characters of one, after those that are two already.
  const shown = stdout.replace(/\r+\n/g, "\n");
  expect(findRawText(shown)).toBeUndefined();
  expect(shown).toContain("\u001b]8;;https://www.discogs.com/release/6872464\u001b");
  expect(listWrongLinks(shown)).toEqual([]);
});

/** Presses a key each time that the output ends in the prompt; `rest` is what stays on the prompt's line. */
function createKeyTyping(keys: string[], prompt: RegExp, rest = ""): ProcessOptions {
  let seen = "";
  return {
    stdin: null,
    onOutput: (text, _, child) => {
      seen += text;
      if (!prompt.test(seen) || keys.length === 0) return;
      seen = rest;
      child.stdin?.write(keys.shift());
      if (keys.length === 0) child.stdin?.end();
    },
  };
}

test.skipIf(!hasTerminals)("a review takes keys, and leaves the terminal as it was", async () => {
  const { home } = await createSmallCollection(allMatchCases);
  // The first key is no answer.
  const typed = `stty cols 100; "$NODE" "$REWIND" review; stty -a`;
  const { stdout } = await runOnTerminal(typed, {
    home,
    ...createKeyTyping(["x", "1", "q"], /quit[^q]*$/),
  });
  expect(stdout).toContain("credited with a12");
  expect(stdout).toContain("1 answered, 4 left");
  expect(/ (-?icanon)\b/.exec(stdout)?.[1]).toBe("icanon");
});

test.skipIf(!hasTerminals)("a login shows no secret, and leaves the terminal as it was", async () => {
  const token = "TokenTokenTokenTokenTokenTokenTokenToken";
  const typed = `stty cols 80; "$NODE" "$REWIND" login --no-browser; echo "ended with $?"; stty -a`;
  const { stdout } = await runOnTerminal(typed, createKeyTyping([token, "\u0003"], /Token: \**$/, "Token: "));
  expect(stdout).toContain(`Token: ${"*".repeat(40)}`);
  expect(stdout).not.toContain(token);
  expect(stdout).toContain("Nothing was changed");
  expect(stdout).toContain("ended with 130");
  expect(/ (-?icanon)\b/.exec(stdout)?.[1]).toBe("icanon");
});

/** Types each text once the output ends in its prompt. */
function createReplyTyping(steps: [prompt: RegExp, text: string][]): ProcessOptions {
  let seen = "";
  return {
    stdin: null,
    onOutput: (text, _, child) => {
      seen += text;
      const [step] = steps;
      if (step === undefined || !step[0].test(seen)) return;
      steps.shift();
      child.stdin?.write(step[1]);
    },
  };
}

test.skipIf(!hasTerminals)(
  "a login through ListenBrainz shows no secret on a terminal of unknown width, and saves both",
  async () => {
    const { env, home, worlds } = await createCliFixture();
    const token = "TokenTokenTokenTokenTokenTokenTokenToken";
    Object.assign(worlds.discogs, { token });
    const fixture = createListenBrainzData([buildPlainListen(1_600_000_000)]);
    const server = await startFakeListenBrainz(fixture, { limit: null });
    const steps: [RegExp, string][] = [
      [/Token: $/, token],
      [/Token: \*+$/, "\r"],
      [/choice \(1\): $/, "1\r"],
      [/name: $/, fixture.token],
      [/name: \*+$/, "\r"],
      [/That looks like a ListenBrainz token.*name: $/s, fixture.username],
      [/name: \w+$/, "\r"],
      [/skip\): $/, fixture.token],
      [/skip\): \*+$/, "\r"],
      [/\(y\/N\) $/, "n\r"],
      [/\(Y\/n\) $/, "n\r"],
    ];
    const { stdout } = await runOnTerminal('stty size; "$NODE" "$REWIND" login --no-browser', {
      home,
      env: {
        ...env,
        LISTENBRAINZ_API_URL: server.url,
        DISCOGS_TOKEN: "",
        LASTFM_API_KEY: "",
        LASTFM_USERNAME: "",
        NO_COLOR: "1",
      },
      ...createReplyTyping(steps),
    });
    expect(steps).toEqual([]);
    expect(stdout).toMatch(/^0 0/);
    for (const secret of [token, fixture.token]) expect(stdout).not.toContain(secret);
    expect(stdout).toContain(`✓ rewind can send plays as ${fixture.username}`);
    expect(readStoredSettings(home)).toEqual({
      discogs_token: token,
      listenbrainz_username: fixture.username,
      listenbrainz_token: fixture.token,
      musicbrainz: "off",
    });
  },
);

/** Commands that redraw lines, with the keys for their questions. */
test.skipIf(!hasTerminals).each<[line: string, prompt: RegExp, keys: string[], told: string]>([
  ["sync", /$^/, [], "records"],
  ["import plays.csv", /$^/, [], "1 play"],
  ["review", /quit[^q]*$/, ["q"], "answered"],
])("on a terminal of unknown width, %s draws nothing and ends", async (line, prompt, keys, message) => {
  const { env } = await createCliFixture();
  const { home } = await createSmallCollection(allMatchCases);
  writeFileSync(join(home, "plays.csv"), "Can,Tago Mago,Paperhouse,10 May 2021 09:59\n");
  const killed = "timeout --foreground --signal=KILL 50";
  const typed = `stty size; ${killed} "$NODE" "$REWIND" ${line}; echo "ended with $?"`;
  const { stdout } = await runOnTerminal(typed, {
    home,
    cwd: home,
    env: { ...env, REWIND_DB: line === "sync" ? join(home, "first.db") : "" },
    ...createKeyTyping(keys, prompt),
  });
  expect(stdout).toMatch(/^0 0/);
  expect(stdout).toContain(message);
  expect(stdout).toContain("ended with 0");
  expect(stdout.length).toBeLessThan(10_000);
});
