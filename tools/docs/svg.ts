// An SVG that stands alone: as a picture of a README it may load nothing.
import { escapeMarkup } from "../../src/output/markup.ts";

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly style: string;
  readonly body: string;
}

export function renderSvg({ width, height, title, style, body }: Picture): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escapeMarkup(title)}</title>
<style>${style}
</style>
${body}
</svg>
`;
}
