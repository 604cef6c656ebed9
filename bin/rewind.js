#!/usr/bin/env node
import module from "node:module";
// Absent before Node 22.8; a static import of main would start before the cache is on.
module.enableCompileCache?.();
const { main } = await import("../dist/main.js");
await main(process);
