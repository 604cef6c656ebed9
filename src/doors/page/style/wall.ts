// Sleeves on a wall: squares that keep their place whatever is on them. What can't be seen is not laid out.
import { markup, type Markup } from "../../../output/markup.ts";

export const wallStyle: Markup = markup`
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
