// Plots, and the page on paper.
import { markup, type Markup } from "../../../output/markup.ts";

export const plotStyle: Markup = markup`
figure { margin: 0 }
figcaption { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .8rem; margin-bottom: .5rem }
.units { margin: 0 }
.drawing { color: var(--soft) }
.drawing > svg { display: block; width: 100%; overflow: visible }
svg text { fill: currentColor; font-size: 12px }
path, rect { fill: var(--k) }
.years { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 30rem), 1fr)); gap: 2rem 2.5rem }
.years svg text { font-size: 1.15px }
#stream path { stroke: var(--paper); stroke-width: 1px; vector-effect: non-scaling-stroke }
.wide line { stroke: var(--line) }
.wide text { text-anchor: middle }
.wide .first, .wide .name { text-anchor: start }
.wide .name { fill: var(--ink) }
.wide .on { fill: #fff; font-weight: 600; font-size: 13px }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 0 0 1rem; padding: 0; list-style: none; font-size: .82rem }
.legend li::before { content: ""; display: inline-block; width: .75em; height: .75em; margin-inline-end: .4em; background: var(--k); box-shadow: inset 0 0 0 1px #8885 }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 2.5rem }
@media (max-width: 40rem) { .minor { display: none } .years svg text { font-size: 1.6px } }
`;

export const printStyle: Markup = markup`
@page { margin: 14mm }
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #444; --line: #ccc; --rule: #000; --accent: #8f2f10; --veil: #ffffff8c; --thin: #ffffff4d }
  html { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact }
  body { max-width: none; padding: 0 }
  nav, .skip, details:not(.rest), .rest > summary { display: none }
  header { padding: 0 0 1rem }
  section { padding-top: 2rem; content-visibility: visible }
  figure, .wall li, .list li, article { break-inside: avoid }
  h2, h3, .lead, .unit, .legend { break-after: avoid }
  .wall { grid-template-columns: repeat(12, 1fr); gap: 2px }
  .wall li { content-visibility: visible }
  .wall a { padding: 2px; font-size: 5pt }
  .wall span { padding: 1px 2px; opacity: 1 }
  .sized .l3 a { font-size: 8pt; padding: 5px }
  .sized .l4 a { font-size: 10pt; padding: 7px }
  .years { grid-template-columns: 1fr 1fr; gap: 1rem 1.5rem }
  .figures { grid-template-columns: repeat(6, 1fr); gap: .8rem }
  .figures strong { font-size: 1.4rem }
  .list { columns: 2 }
  .columns { grid-template-columns: 1fr 1fr 1fr; gap: 1.5rem }
}
`;
