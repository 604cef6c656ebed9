// How long a page takes to be made, how large it is, and how long its frames take while a browser scrolls over it.
//   npm run --silent build && npm run bench -- test/benchmarks/report.mjs [records] [scrobbles]
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { generateCache } from "./generate-cache.mjs";

const [records = 10_000, scrobbles = 100_000] = process.argv.slice(2).map(Number);
const program = fileURLToPath(new URL("../../bin/rewind.js", import.meta.url));
const atExit =
  "data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,String(process.resourceUsage().maxRSS)))";

const home = mkdtempSync(join(tmpdir(), "rewind-bench-"));
try {
  const [path, page] = [join(home, "rewind.db"), join(home, "page.html")];
  await generateCache(path, { records, scrobbles });
  for (let run = 0; run < 3; run += 1) {
    const started = performance.now();
    const { status, stderr, output } = spawnSync(
      process.execPath,
      ["--import", atExit, program, "--db", path, "report", "--out", page],
      { encoding: "utf8", stdio: ["ignore", "pipe", "pipe", "pipe"] },
    );
    if (status !== 0) throw new Error(stderr);
    const seconds = (performance.now() - started) / 1000;
    console.log(`made in ${seconds.toFixed(2)} s, ${(Number(output[3]) / 1024).toFixed(0)} MB of memory`);
  }
  console.log(`${records} records, ${scrobbles} scrobbles: ${(statSync(page).size / 1e6).toFixed(2)} MB`);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  for (const { name, viewport } of [
    { name: "desk", viewport: { width: 1360, height: 900 } },
    { name: "telephone", viewport: { width: 390, height: 844 } },
  ]) {
    const view = await browser.newPage({ viewport });
    const started = performance.now();
    await view.goto(pathToFileURL(page).href);
    const loaded = performance.now() - started;
    const { nodes, frames } = await view.evaluate(async () => {
      const times = [];
      let before = performance.now();
      for (let y = 0; y < 30_000; y += 120) {
        scrollTo(0, y);
        await new Promise((resolve) => requestAnimationFrame(resolve));
        times.push(performance.now() - before);
        before = performance.now();
      }
      return { nodes: document.querySelectorAll("*").length, frames: times.toSorted((a, b) => a - b) };
    });
    const getPercentile = (share) => frames[Math.floor(frames.length * share)]?.toFixed(1);
    console.log(
      `${name}: ${nodes} elements, loaded in ${loaded.toFixed(0)} ms; frames: median ${getPercentile(0.5)} ms, 95 % ${getPercentile(0.95)} ms, longest ${frames.at(-1)?.toFixed(1)} ms`,
    );
  }
  await browser.close();
} finally {
  rmSync(home, { recursive: true, force: true });
}
