// The directory of the package. This file is directly in src/ and all built files are directly in dist/, so the root is
// one level up from both.
import { fileURLToPath } from "node:url";

export const packageRoot = fileURLToPath(new URL("..", import.meta.url));
