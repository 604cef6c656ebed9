// Pictures may come from these places only: what a host says of another place is not trusted.
import { expect, test } from "vitest";
import { connectToFakes } from "../connected-clients.ts";
import { resolveRedirect } from "../../../src/sources/covers/covers-client.ts";

test("any address of Discogs leads to its image host", async () => {
  const { services, images } = await connectToFakes();
  const { discogs } = services.covers;
  for (const path of ["/x.jpeg?a=1", "//evil.example/x", "///evil.example/x", "/../../x", "/%2e%2e/x"]) {
    expect(await discogs.fetchCover(`https://i.discogs.com${path}`)).toBe("none");
  }
  expect(images.requests).toHaveLength(5);
});

const archive = new URL("https://coverartarchive.org/");
const local = new URL("http://127.0.0.1:8080/caa/");

test.each([
  [
    "https://archive.org/download/mbid-1/1_thumb250.jpg",
    archive,
    "https://archive.org/download/mbid-1/1_thumb250.jpg",
  ],
  ["http://archive.org/download/x.jpg", archive, "https://archive.org/download/x.jpg"],
  ["//ia800.us.archive.org/1/items/x.jpg", archive, "https://ia800.us.archive.org/1/items/x.jpg"],
  ["/release/other/front-250", archive, "https://coverartarchive.org/release/other/front-250"],
  ["/elsewhere", local, "http://127.0.0.1:8080/elsewhere"],
  ["https://archive.org/x", local, "https://archive.org/x"],
  ["http://coverartarchive.org/x", archive, null],
  ["https://archive.org.example/x", archive, null],
  ["https://notarchive.org/x", archive, null],
  ["https://archive.org:8443/x", archive, null],
  ["https://user:word@archive.org/x", archive, null],
  ["ftp://archive.org/x", archive, null],
  ["file:///etc/passwd", archive, null],
  ["http://127.0.0.1:22/", archive, null],
  ["http://169.254.169.254/latest/meta-data", archive, null],
  ["http://[::1]/", archive, null],
  ["http://127.0.0.1:9090/", local, null],
  ["https://127.0.0.1:8080/", local, null],
  ["", archive, "https://coverartarchive.org/release/x"],
  ["http://", archive, null],
  [undefined, archive, null],
] as const)("resolves a redirect to %j at %s", (location, baseUrl, expected) => {
  const from = new URL("release/x", baseUrl);
  expect(resolveRedirect(location, from, baseUrl)?.href ?? null).toBe(expected);
});
