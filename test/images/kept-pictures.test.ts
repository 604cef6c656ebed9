import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keptPicture, keptPicturePath } from "../../src/images/kept-pictures.ts";
import { tempDirectory } from "../support/temp.ts";

test("bytes are there or not, whatever an address is made of", () => {
  const directory = join(tempDirectory(), "covers");
  expect(keptPicture(directory, "release/x")).toBeNull();
  mkdirSync(directory);
  writeFileSync(keptPicturePath(directory, "../../release/x"), "bytes");
  expect(keptPicture(directory, "../../release/x")?.toString()).toBe("bytes");
  expect(keptPicturePath(directory, "../../release/x").startsWith(join(directory, ""))).toBe(true);
  expect(keptPicture(directory, "release/x")).toBeNull();
});
