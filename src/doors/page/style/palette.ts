// Colours and letters: a warm paper, an ink, one accent; and the same by lamplight.
import { markup, type Markup } from "../../../output/markup.ts";

/** h: how much was played on a day; s: streams; n: sleeves without a picture. */
export const palette: Markup = markup`
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
