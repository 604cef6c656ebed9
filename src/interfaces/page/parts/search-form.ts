// Search on a page from a server: whether a record is on the shelf, and which tiles of the wall fit. The form works without
// a script, and a script answers while you type. The wall shows its first covers; "show all" adds some hundred at a time.
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

/** The box on top. `answer`: to the words, or nothing. */
export function renderSearchBox({ words }: PageSearch, answer: Markup): Markup {
  return markup`<form id="find" role="search" method="get">
<label for="words">Do you own it?</label>
<input id="words" type="search" name="words" value="${escapeMarkup(words)}" placeholder="artist, title, number, barcode" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search" maxlength="200">
<button>Find</button></form>
<div id="answer" aria-live="polite">${answer}</div>
`;
}

/** The controls of the wall. They belong to the form on top. */
export function renderWallControls({ filter, sort }: PageSearch): Markup {
  return markup`<p class="controls"><label>Show <select name="filter" form="find">${renderOptions(searchFilters, filter)}</select></label>
<label>Order <select name="sort" form="find">${renderOptions(searchSorts, sort)}</select></label>
<button form="find" formaction="#wall">Show</button><output form="find" aria-live="polite"></output></p>
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
  const summary = document.querySelector("output");
  const answer = document.getElementById("answer");
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
  let asked = form.elements.words.value.trim();
  let timer;
  let asking;
  const ask = async () => {
    const words = form.elements.words.value.trim();
    if (words === asked) return;
    asked = words;
    asking?.abort();
    asking = new AbortController();
    try {
      const response = words === "" ? null : await fetch("?part=answer&words=" + encodeURIComponent(words), { signal: asking.signal });
      if (response !== null && !response.ok) throw new Error(response.status);
      answer.innerHTML = response === null ? "" : await response.text();
    } catch (error) {
      if (error.name === "AbortError") return;
      asked = "";
      answer.textContent = "The server does not answer. Start it again: rewind serve";
    }
  };
  for (const button of document.querySelectorAll(".controls button")) button.hidden = true;
  document.addEventListener("input", (event) => {
    if (event.target.form !== form) return;
    find();
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    void ask();
    find();
  });
  find();
})();
`;

/** The policy of a page with the form. */
export const pagePolicy = buildContentPolicy({ script: searchScript, forms: true });
