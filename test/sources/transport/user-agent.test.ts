import { expect, test } from "vitest";
import { UsageError } from "../../../src/model/errors.ts";
import { buildUserAgent } from "../../../src/sources/connect.ts";

test.each([
  [null, "rewind-shelf/1.2.3"],
  ["me@example.org", "rewind-shelf/1.2.3 (me@example.org)"],
  ["https://example.org/?a=(b)", "rewind-shelf/1.2.3 (https://example.org/?a=\\(b\\))"],
])("builds with the contact %j the user agent %j", (contact, expected) => {
  expect(buildUserAgent("1.2.3", contact, ["a-token", "a-key"])).toBe(expected);
});

test.each(["a-token", "mail to A-TOKEN", "aBcDeFgHiJ".repeat(4)])(
  "the contact %j is refused without being shown",
  (contact) => {
    let message: unknown;
    try {
      buildUserAgent("1.2.3", contact, ["a-token", "a-key"]);
    } catch (error) {
      message = error;
    }
    expect(message).toBeInstanceOf(UsageError);
    expect(String(message)).not.toContain(contact);
  },
);
