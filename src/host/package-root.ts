// The directory of the package. All built files are directly in dist/, but this one is deeper in src/.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const above = fileURLToPath(new URL("..", import.meta.url));

export const packageRoot = existsSync(`${above}package.json`)
  ? above
  : fileURLToPath(new URL("../..", import.meta.url));
