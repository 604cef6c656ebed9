// A plot with its title, units, text alternative, and numbers in a table.
import * as array from "d3-array";
import * as scale from "d3-scale";
import * as shape from "d3-shape";
import * as time from "d3-time";
import { thousands } from "../../../output/number-text.ts";
import { markup, type Markup, nothing, text } from "../../../output/markup.ts";

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

/** Closed at first, so it is not laid out until it is opened. */
function numbers(title: string, { header, rows }: NumberTable): Markup {
  const head = header.map((name) => markup`<th scope="col">${text(name)}</th>`);
  const body = rows.map(
    ([name, ...figures]) =>
      markup`<tr>
        <th scope="row" dir="auto">${text(name)}</th>
        ${figures.map((value) => markup`<td>${text(typeof value === "number" ? thousands(value) : value)}</td>`)}
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

/** `tone`: a class of the style sheet that sets the fill. */
export function legendOf(swatches: readonly { readonly tone: string; readonly name: string }[]): Markup {
  const entries = swatches.map(
    ({ tone, name }) => markup`<li class="${text(tone)}" dir="auto">${text(name)}</li>`,
  );
  return markup`<ul class="legend">
    ${entries}
  </ul>`;
}

/** Rounds a length, so that the drawing is short. */
export function short(value: number): number {
  return Math.round(value * 100) / 100;
}

export const d3 = { ...array, ...scale, ...shape, ...time };
