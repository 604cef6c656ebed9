// A plot with its title, units, text alternative, and numbers in a table.
import * as array from "d3-array";
import * as scale from "d3-scale";
import * as shape from "d3-shape";
import * as time from "d3-time";
import { formatNumber } from "../../../output/format-numbers.ts";
import { markup, type Markup, emptyMarkup, escapeMarkup } from "../../../output/markup.ts";

export interface NumberTable {
  /** The name of the rows, then of each figure. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly [name: string, ...figures: (number | string)[]])[];
}

interface Figure {
  /** The id of the element, unique on the page. */
  readonly id: string;
  readonly title: string;
  /** A caption: the unit of the values, or their total. */
  readonly units: string;
  /** The text alternative. */
  readonly description: string;
  readonly drawing: Markup;
  readonly legend?: Markup;
  readonly table: NumberTable;
}

export function renderFigure({
  id,
  title,
  units,
  description,
  drawing,
  legend = emptyMarkup,
  table,
}: Figure): Markup {
  return markup`<figure id="${escapeMarkup(id)}">
    <figcaption>
      <h3>${escapeMarkup(title)}</h3>
      <p class="units">${escapeMarkup(units)}</p>
    </figcaption>
    ${legend}
    <div class="drawing" role="img" aria-label="${escapeMarkup(`${title}. ${description}`)}">${drawing}</div>
    ${renderNumberTable(title, table)}
  </figure>`;
}

/** Closed at first, so it is not laid out until it is opened. */
function renderNumberTable(title: string, { header, rows }: NumberTable): Markup {
  const head = header.map((name) => markup`<th scope="col">${escapeMarkup(name)}</th>`);
  const body = rows.map(
    ([name, ...figures]) =>
      markup`<tr>
        <th scope="row" dir="auto">${escapeMarkup(name)}</th>
        ${figures.map((value) => markup`<td>${escapeMarkup(typeof value === "number" ? formatNumber(value) : value)}</td>`)}
      </tr>`,
  );
  return markup`<details>
    <summary>The numbers</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="${escapeMarkup(`${title}: the numbers`)}">
      <table>
        <caption>
          ${escapeMarkup(title)}
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

/** `tone`: a class of the style sheet that sets the fill. */
export function renderLegend(swatches: readonly { readonly tone: string; readonly name: string }[]): Markup {
  const entries = swatches.map(
    ({ tone, name }) => markup`<li class="${escapeMarkup(tone)}" dir="auto">${escapeMarkup(name)}</li>`,
  );
  return markup`<ul class="legend">
    ${entries}
  </ul>`;
}

/** Rounds a length, so that the drawing is short. */
export function roundLength(value: number): number {
  return Math.round(value * 100) / 100;
}

export const d3 = { ...array, ...scale, ...shape, ...time };
