// The thread that unpacks pictures: what it can't do is an answer as well, and the next picture is unpacked all the same.
import { afterEach, expect, test } from "vitest";
import { openDecoder } from "../../src/images/decoder.ts";
import { buildCoverPreview } from "../../src/images/cover-preview.ts";
import { encodePng, paintCover } from "../support/test-images.ts";

let decoder: ReturnType<typeof openDecoder>;

afterEach(() => decoder.close());

const covers = [1, 2, 3].map((seed) => encodePng(paintCover(30, 30, seed)));

test("decodes pictures in the thread as the function does, in order", async () => {
  decoder = openDecoder();
  const answers = await Promise.all(
    [...covers, Buffer.from("GIF89a")].map((file) => decoder.previewOf(file)),
  );
  expect(answers).toEqual([...covers.map(buildCoverPreview), null]);
});

test("gives up a picture that takes too long, and decodes the others", async () => {
  // The time is over for the first picture alone.
  let pictures = 0;
  decoder = openDecoder(() => (pictures++ === 0 ? Promise.resolve() : new Promise(() => {})));
  const large = encodePng(paintCover(1200, 1200, 4));
  const answers = await Promise.all([large, ...covers].map((file) => decoder.previewOf(file)));
  expect(answers).toEqual([null, ...covers.map(buildCoverPreview)]);
});

test("starts again for another picture once it was closed", async () => {
  decoder = openDecoder();
  await decoder.close();
  expect(await Promise.all(covers.map((file) => decoder.previewOf(file)))).toEqual(
    covers.map(buildCoverPreview),
  );
});
