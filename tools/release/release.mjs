// Makes what a release consists of in release/: the tarball, its checksum, the notes, a Homebrew formula and a Scoop
// manifest. node tools/release/release.mjs TAG REPOSITORY, for example v1.0.0 https://example.org/owner/name
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const release = `${root}release`;
const [tag, repository] = process.argv.slice(2);
const { name, version, description } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

if (tag !== `v${version}` || !URL.canParse(repository ?? "")) {
  fail(2, `Usage: node tools/release/release.mjs v${version} REPOSITORY_URL`);
}

const notes = readFileSync(`${root}CHANGELOG.md`, "utf8")
  .split(/^(?=## )/m)
  .find((section) => section.startsWith(`## [${version}]`));
if (notes === undefined) {
  fail(1, `CHANGELOG.md has no section for ${version}.`);
}

rmSync(release, { recursive: true, force: true });
mkdirSync(release);
execFileSync("npm", ["pack", "--pack-destination", release], { cwd: root, stdio: "inherit" });

const file = `${name}-${version}.tgz`;
const sha256 = createHash("sha256")
  .update(readFileSync(`${release}/${file}`))
  .digest("hex");
const tarball = `${repository}/releases/download/${tag}/${file}`;
const values = { version, description, repository, tarball, sha256 };

writeFileSync(`${release}/SHA256SUMS`, `${sha256}  ${file}\n`);
writeFileSync(`${release}/notes.md`, notes.slice(notes.indexOf("\n") + 1).trim() + "\n");
for (const manifest of [`${name}.rb`, `${name}.json`]) {
  const template = readFileSync(`${root}tools/release/${manifest}.template`, "utf8");
  writeFileSync(
    `${release}/${manifest}`,
    template.replaceAll(/\{\{(\w+)\}\}/g, (_, key) => values[key]),
  );
}

function fail(code, message) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
