// Filling and looking after the cache: sync, demo.
import type { CommandDeclaration } from "./declaration.ts";

export const cacheCommands: readonly CommandDeclaration[] = [];
