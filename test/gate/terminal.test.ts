// The built program on a terminal of its own, where the system offers one: what a stand-in for a stream can't show.
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { runShell } from "../support/run-process.ts";
import { rawIn, wrongLinksIn } from "./checks.ts";
import { hostileHome } from "./hostile-cache.ts";

const script = "/usr/bin/script";

test.skipIf(!existsSync(script))("on a real terminal nothing is raw, and links are shown", async () => {
  const { home } = await hostileHome();
  const lines = ["xref --all", "explain 1 --verbose", "review --list", "explain 1 --add", "xref --as csv"];
  const typed = lines.map((line) => `"$NODE" "$REWIND" ${line}`).join("; ");
  const { stdout } = await runShell(`${script} -qec '${typed}; true' /dev/null`, {
    home,
    env: { TERM: "xterm-kitty", COLORTERM: "truecolor", SHELL: "/bin/bash" },
  });
  // A terminal's own line ends: it makes two characters of one, after those that are two already.
  const shown = stdout.replace(/\r+\n/g, "\n");
  expect(rawIn(shown)).toBeUndefined();
  expect(shown).toContain("\u001b]8;;https://www.discogs.com/release/6872464\u001b");
  expect(wrongLinksIn(shown)).toEqual([]);
});
