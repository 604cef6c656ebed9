// The thread that unpacks pictures: what it can't do is an answer as well, and the next picture is unpacked all the same.
import { afterEach, expect, test } from "vitest";
import { openDecoder } from "../../src/images/decoder.ts";
import { previewOf } from "../../src/images/cover-preview.ts";
import { png, sleeve } from "../support/pictures.ts";

let decoder: ReturnType<typeof openDecoder>;

afterEach(() => decoder.close());

const covers = [1, 2, 3].map((seed) => png(sleeve(30, 30, seed)));

test("pictures come out of the thread as they come out of the function, in order", async () => {
  decoder = openDecoder();
  const answers = await Promise.all(
    [...covers, Buffer.from("GIF89a")].map((file) => decoder.previewOf(file)),
  );
  expect(answers).toEqual([...covers.map(previewOf), null]);
});

test("a picture that takes too long is given up, and keeps none of the others from coming", async () => {
  // The time is over for the first picture alone.
  let pictures = 0;
  decoder = openDecoder(() => (pictures++ === 0 ? Promise.resolve() : new Promise(() => {})));
  const large = png(sleeve(1200, 1200, 4));
  const answers = await Promise.all([large, ...covers].map((file) => decoder.previewOf(file)));
  expect(answers).toEqual([null, ...covers.map(previewOf)]);
});

test("once closed, it begins anew where another picture comes", async () => {
  decoder = openDecoder();
  await decoder.close();
  expect(await Promise.all(covers.map((file) => decoder.previewOf(file)))).toEqual(covers.map(previewOf));
});
