// A part of the page: a landmark with a heading and an introduction.
import { markup, type Markup, emptyMarkup, escapeMarkup } from "../../../output/markup.ts";

export interface Section {
  /** The id of the element and of its entry in the contents. */
  readonly id: string;
  /** The name in the contents. */
  readonly navTitle: string;
  readonly title: string;
  readonly lead: string;
  /** Pieces may be made while they are written. */
  readonly body: Markup | Iterable<Markup>;
}

export function* renderSection({ id, title, lead, body }: Section): Generator<Markup> {
  const name = escapeMarkup(id);
  const sentence = lead === "" ? emptyMarkup : markup`<p class="lead">${escapeMarkup(lead)}</p>`;
  yield markup`<section id="${name}" aria-labelledby="${name}-title"><h2 id="${name}-title">${escapeMarkup(title)}</h2>${sentence}
`;
  if (typeof body === "string") yield body;
  else yield* body;
  yield markup`</section>
`;
}

/** The field of the JSON document that has a number, and the number. */
type FigureSource = readonly [field: string, value: number];

/** A number with its name, and what it counts. */
export interface NamedFigure {
  readonly value: string;
  readonly name: string;
  /** "" for none. */
  readonly note: string;
  readonly source?: FigureSource;
}

export function renderFigures(figures: readonly NamedFigure[]): Markup {
  return markup`<dl class="figures">
      ${figures.map(({ value, name, note, source }) => {
        const more = note === "" ? emptyMarkup : markup`<small dir="auto">${escapeMarkup(note)}</small>`;
        return markup`<div>
            <dt>${escapeMarkup(name)}</dt>
            <dd>${renderStrong(value, source)}${more}</dd>
          </div>`;
      })}
    </dl> `;
}

export function renderStrong(text: string, source?: FigureSource): Markup {
  if (source === undefined) return markup`<strong>${escapeMarkup(text)}</strong>`;
  const [field, value] = source;
  return markup`<strong data-field="${escapeMarkup(field)}" data-value="${value}">${escapeMarkup(text)}</strong>`;
}

/** An entry of a list. */
export interface ListEntry {
  readonly title: string;
  /** "" if the title is an artist. */
  readonly artist: string;
  /** The figure of the entry. */
  readonly figure: string;
  readonly note?: string;
  readonly isStarred?: boolean;
  readonly address: Markup | undefined;
}

export function renderList(entries: readonly ListEntry[], unit: string): Markup {
  const lines = entries.map(({ title, artist, figure, note = "", isStarred = false, address }) => {
    const name = markup`<b dir="auto">${escapeMarkup(title)}</b>`;
    const link = address === undefined ? name : markup`<a href="${address}">${name}</a>`;
    const star = isStarred
      ? markup` <span class="star" role="img" aria-label="on your wantlist">★</span>`
      : emptyMarkup;
    const by = artist === "" ? emptyMarkup : markup`<span dir="auto">${escapeMarkup(artist)}</span>`;
    const more = note === "" ? emptyMarkup : markup`<small>${escapeMarkup(note)}</small>`;
    return markup`<li>
      ${link}${star}${by}<data>${escapeMarkup(figure)}</data>${more}
    </li> `;
  });
  return markup`<p class="unit">${escapeMarkup(unit)}</p>
    <ol class="list">
      ${lines}
    </ol>`;
}

export function buildReleaseUrl(id: number): Markup {
  return markup`https://www.discogs.com/release/${Math.trunc(id)}`;
}

/** The address, if it leads to Last.fm or Discogs; otherwise undefined. */
export function toExternalUrl(address: string | null): Markup | undefined {
  if (address === null || !URL.canParse(address)) return undefined;
  const { protocol, hostname, href } = new URL(address);
  return protocol === "https:" && /(?:^|\.)(?:last\.fm|discogs\.com)$/.test(hostname)
    ? escapeMarkup(href)
    : undefined;
}
