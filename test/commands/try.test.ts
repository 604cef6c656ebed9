import { test } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { everyCase, nowUts, smallShelf } from "../support/small-shelf.ts";
test("look", async () => {
  const { home } = await smallShelf(everyCase);
  for (const argv of (process.env["TRY"] ?? "xref").split(";")) {
    const r = await runCli(argv.trim().split(" "), { home, now: nowUts * 1000 + 7_200_000, tty: process.env["PIPE"] ? false : true, columns: Number(process.env["COLS"] ?? 100), env: { TZ: "UTC", NO_COLOR: "1" } });
    process.stdout.write(`$ rewind ${argv}   -> ${r.code}\n${r.stdout}${r.stderr && `[stderr] ${r.stderr}`}\n`);
  }
});
