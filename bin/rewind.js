#!/usr/bin/env node
// Every Node since 14 can parse this file. An old one prints which version is needed before it loads anything else.
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
