// A plot as it stands in the page: title, units, the drawing with its words, and its numbers in a table.
import { thousands } from "../../../output/numbers.ts";
import { markup, type Markup, nothing, text } from "../../../output/markup.ts";

export interface NumberTable {
  /** What a row is, then what each figure is. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly [name: string, ...figures: (number | string)[]])[];
}

export interface Figure {
  /** Of the element; the plots of a page have different ones. */
  readonly id: string;
  readonly title: string;
  /** What is counted, per what. */
  readonly units: string;
  /** What one sees, for those who don't. */
  readonly words: string;
  readonly drawing: Markup;
  readonly legend?: Markup;
  readonly table: NumberTable;
}

export function figure({ id, title, units, words, drawing, legend = nothing, table }: Figure): Markup {
  return markup`<figure id="${text(id)}">
    <figcaption>
      <h3>${text(title)}</h3>
      <p class="units">${text(units)}</p>
    </figcaption>
    ${legend}
    <div class="drawing" role="img" aria-label="${text(`${title}. ${words}`)}">${drawing}</div>
    ${numbers(title, table)}
  </figure>`;
}

/** Closed: there for those who want them, and not laid out for the others. */
function numbers(title: string, { header, rows }: NumberTable): Markup {
  const head = header.map((name) => markup`<th scope="col">${text(name)}</th>`);
  const body = rows.map(
    ([name, ...figures]) =>
      markup`<tr>
        <th scope="row" dir="auto">${text(name)}</th>
        ${figures.map((value) => markup`<td>${cell(value)}</td>`)}
      </tr>`,
  );
  return markup`<details>
    <summary>The numbers</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="${text(`${title}: the numbers`)}">
      <table>
        <caption>
          ${text(title)}
        </caption>
        <thead>
          <tr>
            ${head}
          </tr>
        </thead>
        <tbody>
          ${body}
        </tbody>
      </table>
    </div>
  </details>`;
}

function cell(value: number | string): Markup {
  return text(typeof value === "number" ? thousands(value) : value);
}

export interface Swatch {
  /** A class of the style sheet: its fill is that of the plot. */
  readonly tone: string;
  readonly name: string;
}

export function legendOf(swatches: readonly Swatch[]): Markup {
  const entries = swatches.map(
    ({ tone, name }) => markup`<li class="${text(tone)}" dir="auto">${text(name)}</li>`,
  );
  return markup`<ul class="legend">
    ${entries}
  </ul>`;
}

/** A length of a drawing, as short as it can be said. */
export function short(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Loads d3 only when something is plotted. */
export async function loadD3() {
  const [
    { max, quantileSorted },
    { scaleLinear, scaleQuantile },
    { area, curveMonotoneX, stack, stackOffsetWiggle, stackOrderInsideOut },
    { timeDay, timeMonday },
  ] = await Promise.all([import("d3-array"), import("d3-scale"), import("d3-shape"), import("d3-time")]);
  return {
    max,
    quantileSorted,
    scaleLinear,
    scaleQuantile,
    area,
    curveMonotoneX,
    stack,
    stackOffsetWiggle,
    stackOrderInsideOut,
    timeDay,
    timeMonday,
  };
}

export type D3 = Awaited<ReturnType<typeof loadD3>>;
