// The frame of the page: letters, headings, figures, lists, tables.
import { markup, type Markup } from "../../../output/markup.ts";

export const frame: Markup = markup`
* { box-sizing: border-box }
html {
  font: 17px/1.5 ui-sans-serif, "Avenir Next", "Segoe UI Variable Text", "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums; color: var(--ink); background: var(--paper);
  scroll-padding-top: 1.6rem; -webkit-text-size-adjust: 100%;
}
body { margin: 0 auto; padding: 0 clamp(1rem, 4vw, 4rem); max-width: 84rem; overflow-wrap: anywhere }
a { color: inherit; text-decoration: underline 1px var(--soft); text-underline-offset: .15em }
a:hover { color: var(--accent); text-decoration-color: var(--accent) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.skip { position: absolute; left: -99rem }
.skip:focus { left: 1rem; top: .5rem; z-index: 4; padding: .5rem; background: var(--paper) }
header { padding: clamp(2.5rem, 7vw, 6rem) 0 1.5rem }
.brand { margin: 0 0 1rem; font-size: .78rem; font-weight: 600; letter-spacing: .18em; text-transform: uppercase; color: var(--accent) }
h1 { margin: 0; font-size: clamp(2.3rem, 7.5vw, 5.6rem); line-height: 1; font-weight: 700; letter-spacing: -.035em; text-wrap: balance }
.byline { margin: 1.2rem 0 0; color: var(--soft) }
nav { position: sticky; top: 0; z-index: 3; background: var(--paper); border-bottom: 1px solid var(--rule) }
nav ul { display: flex; gap: 1.4rem; margin: 0; padding: .7rem 0; list-style: none; overflow-x: auto; font-size: .85rem; white-space: nowrap; scrollbar-width: none }
nav a { text-decoration: none }
section { padding: clamp(2.6rem, 5vw, 4.8rem) 0 0; content-visibility: auto; contain-intrinsic-size: auto 60rem }
#glance { content-visibility: visible }
h2 { margin: 0; font-size: clamp(1.5rem, 3vw, 2.3rem); line-height: 1.1; font-weight: 700; letter-spacing: -.02em }
#glance h2 { font-size: .78rem; font-weight: 600; letter-spacing: .18em; text-transform: uppercase; color: var(--soft) }
h3 { margin: 0; font-size: 1rem; font-weight: 600 }
h3 small { font-weight: 400 }
section > h3 { margin: 2.2rem 0 .7rem }
.lead { margin: .6rem 0 1.6rem; max-width: 44rem; color: var(--soft) }
.sentence { margin: .8rem 0 0; max-width: 60rem; font-size: clamp(1.3rem, 3vw, 2.25rem); line-height: 1.28; letter-spacing: -.015em; text-wrap: pretty }
.sentence strong { color: var(--accent); font-weight: 600 }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1.5rem; margin: 2.4rem 0 0 }
.figures div { border-top: 1px solid var(--rule); padding-top: .6rem }
.figures dt { font-size: .85rem; font-weight: 600 }
.figures dd { margin: 0 }
.figures strong { display: block; white-space: nowrap; font-size: 1.9rem; line-height: 1.25; font-weight: 600; letter-spacing: -.02em }
.figures small { display: block; line-height: 1.3 }
small, .units, .unit, .note { font-size: .82rem; color: var(--soft) }
.note { margin: 1.6rem 0 0; max-width: 44rem }
.unit { margin: 0 0 .3rem }
.list { columns: 3 19rem; column-gap: 2.5rem; margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--rule) }
.list li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 1rem; padding: .45rem 0; border-bottom: 1px solid var(--line); break-inside: avoid; line-height: 1.35 }
.list a, .list li > b, .list span, .list small { grid-column: 1 }
.list a { text-decoration: none }
.list b { font-weight: 600 }
.list b, .list span { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden }
.list span { color: var(--soft); font-size: .9rem }
.list data { grid-column: 2; grid-row: 1; font-weight: 600; white-space: nowrap }
.list .star { grid-column: 2; grid-row: 2; display: block; justify-self: end; color: var(--accent) }
.columns { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: 2.5rem }
.columns .list { columns: auto }
.columns h3 { font-size: 1.5rem; letter-spacing: -.02em }
details { margin-top: .6rem; font-size: .82rem }
summary { width: fit-content; cursor: pointer; color: var(--soft) }
.scroll { max-height: 26rem; margin-top: .5rem; overflow: auto; border-top: 1px solid var(--line) }
table { width: 100%; border-collapse: collapse }
caption { position: absolute; left: -99rem }
th, td { padding: .25rem .6rem; text-align: right; font-weight: 400; white-space: nowrap; border-bottom: 1px solid var(--line) }
th:first-child { text-align: start; padding-inline-start: 0 }
thead th { position: sticky; top: 0; background: var(--paper); color: var(--soft) }
form { display: flex; flex-wrap: wrap; align-items: end; gap: .6rem 1.2rem; margin: 0 0 1.2rem; font-size: .85rem; color: var(--soft) }
label { display: grid; gap: .2rem }
input, select, button { padding: .4rem .6rem; font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: 0 }
button { cursor: pointer; color: var(--paper); background: var(--ink); border-color: var(--ink) }
input[type=search] { width: min(20rem, 80vw) }
.door { padding: clamp(3rem, 12vw, 9rem) 0; min-height: 80vh }
.door form { margin-top: 2rem }
[role=alert] { color: var(--accent) }
footer { margin: 5rem 0 2rem; border-top: 1px solid var(--rule); padding-top: 1rem; font-size: .82rem; color: var(--soft) }
@media (max-width: 40rem) {
  html { font-size: 16px }
  .figures { grid-template-columns: 1fr 1fr; gap: 1.2rem }
}
`;
