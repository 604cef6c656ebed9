/** A decoded picture: red, green, blue and alpha of each pixel, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** Scales the picture into a square by averaging. Never enlarges it. */
export function fitInto(pixels: Pixels, side: number): Pixels {
  const { width, height } = pixels;
  const larger = Math.max(width, height);
  if (larger <= side) return pixels;
  return average(pixels, {
    width: Math.max(1, Math.round((width * side) / larger)),
    height: Math.max(1, Math.round((height * side) / larger)),
  });
}

/** The old pixels that a new pixel covers, with their weights in whole numbers. */
interface Span {
  readonly first: number;
  readonly weights: readonly number[];
}

function spans(from: number, to: number): Span[] {
  return Array.from({ length: to }, (_, at) => {
    const first = Math.floor((at * from) / to);
    const end = Math.ceil(((at + 1) * from) / to);
    const weights = Array.from({ length: end - first }, (_unused, n) => {
      const old = first + n;
      return Math.min((at + 1) * from, (old + 1) * to) - Math.max(at * from, old * to);
    });
    return { first, weights };
  });
}

function average(pixels: Pixels, size: Omit<Pixels, "rgba">): Pixels {
  const columns = spans(pixels.width, size.width);
  const rows = spans(pixels.height, size.height);
  const rgba = new Uint8Array(size.width * size.height * 4);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      rgba.set(averageOf(pixels, row, column), at);
      at += 4;
    }
  }
  return { ...size, rgba };
}

/** Colours are weighted by their alpha. */
function averageOf({ width, rgba }: Pixels, row: Span, column: Span): [number, number, number, number] {
  let [red, green, blue, alpha, area] = [0, 0, 0, 0, 0];
  for (let y = 0; y < row.weights.length; y += 1) {
    let at = ((row.first + y) * width + column.first) * 4;
    for (let x = 0; x < column.weights.length; x += 1, at += 4) {
      const weight = (row.weights[y] ?? 0) * (column.weights[x] ?? 0);
      const opacity = weight * (rgba[at + 3] ?? 0);
      red += opacity * (rgba[at] ?? 0);
      green += opacity * (rgba[at + 1] ?? 0);
      blue += opacity * (rgba[at + 2] ?? 0);
      alpha += opacity;
      area += weight;
    }
  }
  if (alpha === 0) return [0, 0, 0, 0];
  return [
    Math.round(red / alpha),
    Math.round(green / alpha),
    Math.round(blue / alpha),
    Math.round(alpha / area),
  ];
}
