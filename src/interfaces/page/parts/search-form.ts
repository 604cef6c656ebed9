// Search on the wall of a page from a server: a form that works without a script, and a script that answers while you
// type. The wall shows its first covers; "show all" adds some hundred at a time.
import { buildContentPolicy } from "./document.ts";
import { markup, escapeMarkup, type Markup } from "../../../output/markup.ts";

/** The search form's values. Without a script the server applies them. */
export interface PageSearch {
  readonly words: string;
  readonly filter: (typeof searchFilters)[number][0];
  /** The script can apply these orders by itself. */
  readonly sort: (typeof searchSorts)[number][0];
}

export const searchFilters = [
  ["all", "all records"],
  ["listened", "played"],
  ["unlistened", "never played"],
] as const;

export const searchSorts = [
  ["plays", "by plays"],
  ["artist", "by artist"],
  ["title", "by title"],
] as const;

export function renderSearchForm({ words, filter, sort }: PageSearch): Markup {
  return markup`<form id="find" role="search" method="get" action="#wall">
<label>Find <input type="search" name="words" value="${escapeMarkup(words)}" autocomplete="off" maxlength="200"></label>
<label>Show <select name="filter">${renderOptions(searchFilters, filter)}</select></label>
<label>Order <select name="sort">${renderOptions(searchSorts, sort)}</select></label>
<button>Find</button><output aria-live="polite"></output></form>
`;
}

function renderOptions(
  options: readonly (readonly [value: string, name: string])[],
  currentValue: string,
): Markup[] {
  return options.map(
    ([value, name]) =>
      markup`<option value="${escapeMarkup(value)}"${value === currentValue ? markup` selected` : markup``}>${escapeMarkup(name)}</option>`,
  );
}

/** A constant script, without outside values: its hash is in the page's policy. */
export const searchScript: Markup = markup`"use strict";
(() => {
  const form = document.getElementById("find");
  const summary = form.querySelector("output");
  const foldText = (text) => text.normalize("NFKD").replace(/\\p{M}/gu, "").toLowerCase();
  const tiles = [...document.querySelectorAll(".wall > li")].map((element, at) => {
    const title = element.querySelector("b").textContent;
    const all = element.textContent;
    const artist = all.slice(all.indexOf(title) + title.length);
    return { element, at, isPlayed: !element.classList.contains("l0"),
      title: foldText(title), artist: foldText(artist), all: foldText(all) };
  });
  const batchSize = 400;
  const end = document.createElement("div");
  const [first, more] = document.querySelectorAll(".wall");
  const rest = document.querySelector("#wall .rest");
  const firstCount = first?.children.length ?? 0;
  (rest ?? document.getElementById("wall")).append(end);
  const orders = {
    artist: (a, b) => a.artist.localeCompare(b.artist) || a.title.localeCompare(b.title) || a.at - b.at,
    title: (a, b) => a.title.localeCompare(b.title) || a.artist.localeCompare(b.artist) || a.at - b.at,
  };
  const servedSort = form.elements.sort.value;
  let found = tiles;
  let shownCount = 0;
  const showTiles = (count) => {
    const elements = found.slice(shownCount, count).map(({ element }) => element);
    const room = Math.max(0, firstCount - shownCount);
    first?.append(...elements.slice(0, room));
    more?.append(...elements.slice(room));
    shownCount = Math.min(count, found.length);
  };
  const find = () => {
    const words = foldText(form.elements.words.value).split(/\\s+/).filter(Boolean);
    const { filter, sort } = form.elements;
    found = tiles.filter((tile) => words.every((word) => tile.all.includes(word)) &&
      (filter.value === "all" || tile.isPlayed === (filter.value === "listened")));
    if (sort.value !== servedSort && orders[sort.value]) found.sort(orders[sort.value]);
    first?.replaceChildren();
    more?.replaceChildren();
    shownCount = 0;
    showTiles(rest?.open ? firstCount + batchSize : firstCount);
    if (rest) {
      rest.hidden = found.length <= firstCount;
      rest.querySelector("summary").textContent = "Show all " + found.length.toLocaleString("en");
    }
    summary.textContent = found.length.toLocaleString("en") + " of " + tiles.length.toLocaleString("en");
  };
  new IntersectionObserver(([entry]) => {
    if (entry.isIntersecting && shownCount < found.length) showTiles(shownCount + batchSize);
  }, { rootMargin: "1500px" }).observe(end);
  form.querySelector("button").hidden = true;
  form.addEventListener("input", find);
  form.addEventListener("submit", (event) => { event.preventDefault(); find(); });
  find();
})();
`;

/** The policy of a page with the form. */
export const pagePolicy = buildContentPolicy({ script: searchScript, forms: true });
