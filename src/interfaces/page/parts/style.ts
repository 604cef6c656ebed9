// The style sheet of the page. It loads no font and no picture.
import { markup, type Markup } from "../../../output/markup.ts";

/** Colours for light and dark. h: plays of a day, s: streams, n: covers without a picture. */
export const paletteStyle: Markup = markup`
:root {
  --paper: #faf8f3; --ink: #1d1b18; --soft: #655f56; --line: #ddd7cb; --rule: #1d1b18; --accent: #a93b16;
  --h0: #ebe6db; --h1: #efcdb8; --h2: #e09b74; --h3: #c7623a; --h4: #8f2f10;
  --s0: #a93b16; --s1: #c98f2f; --s2: #7a8542; --s3: #3f7d74; --s4: #3d6690; --s5: #6b5490; --s6: #b0637a; --s7: #8a715b; --s8: #a8a092;
  --owned: #c9c1b2; --played: #a93b16; --veil: #faf8f38c; --thin: #faf8f34d;
  --n0: #e6d3bf; --n1: #dfcfa6; --n2: #cfd3b1; --n3: #bacfbf; --n4: #b3cccb; --n5: #bac9da; --n6: #c7c4dd; --n7: #dcc3cf; --n8: #e8c5b7; --n9: #d9d2c6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #151412; --ink: #ece7de; --soft: #a49d91; --line: #34312c; --rule: #ece7de; --accent: #f08a5e;
    --h0: #25231f; --h1: #4d2a1b; --h2: #87421f; --h3: #c8683a; --h4: #f8ad85;
    --s0: #c9552b; --s1: #b07f2d; --s2: #707b3c; --s3: #3c7a71; --s4: #44709c; --s5: #755c9d; --s6: #a5617a; --s7: #7c654f; --s8: #6b665d;
    --owned: #59544b; --played: #f08a5e; --veil: #1514128c; --thin: #1514124d;
    --n0: #55463a; --n1: #524a2d; --n2: #454c35; --n3: #384c40; --n4: #324b4b; --n5: #384657; --n6: #44415a; --n7: #543f4b; --n8: #5a4136; --n9: #48443d;
  }
}
.h0 { --k: var(--h0) } .h1 { --k: var(--h1) } .h2 { --k: var(--h2) } .h3 { --k: var(--h3) } .h4 { --k: var(--h4) }
.s0 { --k: var(--s0) } .s1 { --k: var(--s1) } .s2 { --k: var(--s2) } .s3 { --k: var(--s3) } .s4 { --k: var(--s4) }
.s5 { --k: var(--s5) } .s6 { --k: var(--s6) } .s7 { --k: var(--s7) } .s8 { --k: var(--s8) }
.n0 { --k: var(--n0) } .n1 { --k: var(--n1) } .n2 { --k: var(--n2) } .n3 { --k: var(--n3) } .n4 { --k: var(--n4) }
.n5 { --k: var(--n5) } .n6 { --k: var(--n6) } .n7 { --k: var(--n7) } .n8 { --k: var(--n8) } .n9 { --k: var(--n9) }
.owned { --k: var(--owned) } .played { --k: var(--played) }
.b-before { --k: var(--s3) } .b-month { --k: var(--h4) } .b-year { --k: var(--h3) } .b-later { --k: var(--h2) } .b-never { --k: var(--h0) }
`;

const toneCount = 10;

/** The number of the tone (n0 to n9) of a sleeve without a picture. The same id has the same tone everywhere. */
export function getTone(id: number): number {
  return (Math.imul(id, 2_654_435_761) >>> 8) % toneCount;
}

/** Text, headings, figures, lists, tables. */
const baseStyle: Markup = markup`
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
.hero { display: grid; grid-template-columns: minmax(0, 24rem) minmax(0, 1fr); gap: 1.5rem clamp(1.5rem, 4vw, 4rem); align-items: end; margin-top: 1.6rem }
.sleeve { position: relative; display: block; aspect-ratio: 1; padding: 1.4rem; overflow: hidden; font-size: 1.2rem; line-height: 1.25; text-decoration: none; background-color: var(--k); background-image: radial-gradient(circle at 100% 100%, var(--thin) 0 9%, transparent 9.4% 13%, var(--thin) 13.4% 13.9%, transparent 14.3% 40%, var(--thin) 40.4% 40.9%, transparent 41.3% 52%, var(--thin) 52.4% 52.9%, transparent 53.3% 64%, var(--thin) 64.4% 64.9%, transparent 65.3%) }
.sleeve b { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 5; overflow: hidden; margin-bottom: .3rem; font-size: 1.7rem; line-height: 1.15; font-weight: 700; letter-spacing: -.02em }
.sleeve img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover }
.hero .name { margin: 0; font-size: clamp(1.5rem, 3.4vw, 2.6rem); line-height: 1.12; font-weight: 700; letter-spacing: -.02em; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden }
.hero .by { margin: .4rem 0 0; font-size: 1.2rem; color: var(--soft); display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden }
.hero .note { margin-top: .4rem }
#days .figures, #new .figures, #purchases .figures, #wall .figures { margin: 1.6rem 0 2.2rem }
#purchases h3 { margin-bottom: .5rem }
#days .pair { margin-top: 2.2rem }
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
h2 + .columns { margin-top: 1.6rem }
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
form, .controls { display: flex; flex-wrap: wrap; align-items: end; gap: .6rem 1.2rem; margin: 0 0 1.2rem; font-size: .85rem; color: var(--soft) }
label { display: grid; gap: .2rem }
input, select, button { padding: .4rem .6rem; font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: 0 }
button { cursor: pointer; color: var(--paper); background: var(--ink); border-color: var(--ink) }
#find { gap: .3rem 0; max-width: 44rem; margin-bottom: 0 }
#find label { width: 100% }
#find input { flex: 1; min-width: 0; padding: .6rem .8rem; font-size: max(1rem, 16px) }
#find button { padding: .6rem 1rem; font-size: max(1rem, 16px) }
#answer { max-width: 44rem; min-height: 2.6rem; padding-bottom: 1.6rem }
#answer .list { columns: auto }
.verdict { display: flex; flex-wrap: wrap; align-items: baseline; gap: .3rem .9rem; margin: 1.2rem 0 .8rem; font-size: 1.15rem; line-height: 1.3 }
.verdict strong { padding: .1em .4em; font-size: 1.9rem; letter-spacing: -.02em; border: 2px solid }
.verdict span { flex: 1 1 14rem }
.yes strong { color: var(--paper); background: var(--accent); border-color: var(--accent) }
.maybe strong { color: var(--accent) }
.no strong { color: var(--soft) }
.fact { margin: .3rem 0 }
.door { padding: clamp(3rem, 12vw, 9rem) 0; min-height: 80vh }
.door form { margin-top: 2rem }
[role=alert] { color: var(--accent) }
footer { margin: 5rem 0 2rem; border-top: 1px solid var(--rule); padding-top: 1rem; font-size: .82rem; color: var(--soft) }
@media (max-width: 40rem) {
  html { font-size: 16px }
  .figures { grid-template-columns: 1fr 1fr; gap: 1.2rem }
  .figures strong { font-size: 1.5rem }
  .hero { grid-template-columns: minmax(0, 1fr) }
}
`;

/** Sleeves are squares that keep their place whatever they contain. Those out of sight are not laid out. */
const wallStyle: Markup = markup`
.wall { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.4rem, 1fr)); grid-auto-flow: dense; gap: 4px; margin: 0; padding: 0; list-style: none }
.wall li { aspect-ratio: 1; min-width: 0; content-visibility: auto; contain-intrinsic-size: auto 6.4rem }
.sized .l3 { grid-column: span 2; grid-row: span 2 }
.sized .l4 { grid-column: span 3; grid-row: span 3 }
.wall a { position: relative; display: block; height: 100%; padding: .5rem; overflow: hidden; font-size: .7rem; line-height: 1.25; text-decoration: none; background-color: var(--k); border: 1px solid transparent }
.wall a:hover { color: var(--ink); border-color: var(--ink) }
.wall a:focus-visible { outline-offset: -3px }
.wall b { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; margin-bottom: .15rem; font-weight: 600 }
.sized .l3 a { padding: .8rem; font-size: .95rem }
.sized .l4 a { padding: 1.1rem; font-size: 1.3rem; line-height: 1.2 }
.sized .l3 a, .sized .l4 a { background-image: radial-gradient(circle at 100% 100%, var(--thin) 0 9%, transparent 9.4% 13%, var(--thin) 13.4% 13.9%, transparent 14.3% 40%, var(--thin) 40.4% 40.9%, transparent 41.3% 52%, var(--thin) 52.4% 52.9%, transparent 53.3% 64%, var(--thin) 64.4% 64.9%, transparent 65.3%) }
.sized .l1 a, .dimmed .l1 a { background-image: linear-gradient(var(--veil), var(--veil)) }
.dimmed .l2 a { background-image: linear-gradient(var(--thin), var(--thin)) }
.dimmed .l4 a { border-color: var(--ink) }
.wall .l0 a { background: none; border-color: var(--line); color: var(--soft) }
.wall img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover }
.wall span { position: absolute; inset: auto 0 0; max-height: 100%; padding: .4rem .5rem; overflow: hidden; color: #fff; background: #151412d9; opacity: 0 }
.wall a:hover span, .wall a:focus-visible span { opacity: 1 }
@media (hover: none) { .wall span { opacity: 1 } .wall span b { -webkit-line-clamp: 2 } }
.rest { margin-top: 1rem; font-size: inherit }
.rest > summary { padding: .5rem 1rem; border: 1px solid var(--rule); color: var(--ink); font-size: .85rem; font-weight: 600 }
.rest > .wall { margin-top: 1rem }
.l0 img { filter: grayscale(1) opacity(.4) }
.dimmed .l1 img { filter: opacity(.5) }
.dimmed .l2 img { filter: opacity(.75) }
@media (max-width: 40rem) {
  .wall { grid-template-columns: repeat(auto-fill, minmax(4.9rem, 1fr)) }
  .wall a { padding: .35rem; font-size: .62rem }
  .sized .l4 { grid-column: span 2; grid-row: span 2 }
  .sized .l3 a, .sized .l4 a { padding: .6rem; font-size: .85rem }
}
`;

const plotStyle: Markup = markup`
figure { margin: 0 }
figcaption { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .8rem; margin-bottom: .5rem }
.units { margin: 0 }
.drawing { color: var(--soft) }
.drawing > svg { display: block; width: 100%; overflow: visible }
svg text { fill: currentColor; font-size: 12px }
path, rect { fill: var(--k) }
.years { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 2rem 2.5rem }
.years rect { width: .86px; height: .86px }
.years svg text { font-size: 1.15px }
.years figure:only-child svg text { font-size: .7px }
#stream path { stroke: var(--paper); stroke-width: 1px; vector-effect: non-scaling-stroke }
.wide line { stroke: var(--line) }
.wide text { text-anchor: middle }
.wide .first, .wide .name { text-anchor: start }
.wide .last { text-anchor: end }
.wide .name { fill: var(--ink) }
.wide .on { fill: #fff; font-weight: 600; font-size: 13px }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 0 0 1rem; padding: 0; list-style: none; font-size: .82rem }
.legend li::before { content: ""; display: inline-block; width: .75em; height: .75em; margin-inline-end: .4em; background: var(--k); box-shadow: inset 0 0 0 1px #8885 }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 2.5rem }
@media (max-width: 40rem) { .minor { display: none } .years svg text, .years figure:only-child svg text { font-size: 1.6px } }
`;

const printStyle: Markup = markup`
@page { margin: 14mm }
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #444; --line: #ccc; --rule: #000; --accent: #8f2f10; --veil: #ffffff8c; --thin: #ffffff4d }
  html { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact }
  body { max-width: none; padding: 0 }
  nav, .skip, form, .controls, details:not(.rest), .rest > summary { display: none }
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

export const style = markup`${[paletteStyle, baseStyle, wallStyle, plotStyle, printStyle]}`;
