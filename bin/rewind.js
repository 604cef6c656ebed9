#!/usr/bin/env node
// Any Node from 14 on can parse this file, so that an old one is told what it lacks: nothing of ours is loaded before
// the check.
const process = require("node:process");

const needed = [20, 19];
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `rewind: needs Node ${needed.join(".")} or newer, and this is Node ${process.versions.node}\n` +
      "Install a newer one from https://nodejs.org, then run rewind again.\n",
  );
  process.exitCode = 1;
} else {
  void require("../dist/main.js").main(process);
}
