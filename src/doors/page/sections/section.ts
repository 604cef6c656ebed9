// A part of the page: a landmark with a heading and an introduction.
import { markup, type Markup, nothing, text } from "../../../output/markup.ts";

export interface Section {
  /** The id of the element and of its entry in the contents. */
  readonly id: string;
  /** The name in the contents. */
  readonly short: string;
  readonly title: string;
  readonly lead: string;
  /** Pieces may be made while they are written. */
  readonly body: Markup | Iterable<Markup>;
}

export function* section({ id, title, lead, body }: Section): Generator<Markup> {
  const name = text(id);
  const sentence = lead === "" ? nothing : markup`<p class="lead">${text(lead)}</p>`;
  yield markup`<section id="${name}" aria-labelledby="${name}-title"><h2 id="${name}-title">${text(title)}</h2>${sentence}
`;
  if (typeof body === "string") yield body;
  else yield* body;
  yield markup`</section>
`;
}

/** An entry of a list. */
export interface Entry {
  readonly title: string;
  readonly artist: string;
  /** The figure of the entry. */
  readonly figure: string;
  readonly note?: string;
  readonly isStarred?: boolean;
  readonly address: Markup | undefined;
}

export function listOf(entries: readonly Entry[], unit: string): Markup {
  const lines = entries.map(({ title, artist, figure, note = "", isStarred = false, address }) => {
    const name = markup`<b dir="auto">${text(title)}</b>`;
    const link = address === undefined ? name : markup`<a href="${address}">${name}</a>`;
    const star = isStarred
      ? markup` <span class="star" role="img" aria-label="on your wantlist">★</span>`
      : nothing;
    const more = note === "" ? nothing : markup`<small>${text(note)}</small>`;
    return markup`<li>
      ${link}${star}<span dir="auto">${text(artist)}</span><data>${text(figure)}</data>${more}
    </li> `;
  });
  return markup`<p class="unit">${text(unit)}</p>
    <ol class="list">
      ${lines}
    </ol>`;
}

export function releaseAddress(id: number): Markup {
  return markup`https://www.discogs.com/release/${Math.trunc(id)}`;
}

/** The address, if it leads to Last.fm or Discogs; otherwise undefined. */
export function outsideAddress(address: string | null): Markup | undefined {
  if (address === null || !URL.canParse(address)) return undefined;
  const { protocol, hostname, href } = new URL(address);
  return protocol === "https:" && /(?:^|\.)(?:last\.fm|discogs\.com)$/.test(hostname)
    ? text(href)
    : undefined;
}
