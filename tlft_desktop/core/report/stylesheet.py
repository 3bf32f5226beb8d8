"""How a report looks: light, dark where the system is, and on paper."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --page: #ffffff; --sunken: #f1f3f6; --text: #1b2027; --muted: #505a66; --border: #cfd6de; --accent: #0f5fbf;
  --warning: #7a4d00; --warning-page: #fbf0d9; --frozen: #0b4f9f; --frozen-page: #d5e5f8; --trained: #6b3a00;
  --trained-page: #fbe3cc; --train: #0f5fbf; --val: #b04a00; --right: #1c7a3a; --wrong: #b04a00; --strong: #ffffff;
  --s0: #0f5fbf; --s1: #b04a00; --s2: #1c7a3a; --s3: #7a3fa8; --s4: #b3246b; --s5: #00707a; --s6: #7a5c00;
  --s7: #4f5a66;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #1d2126; --sunken: #272c33; --text: #e8ebef; --muted: #a9b2bd; --border: #3d444d; --accent: #6fb3ff;
    --warning: #e8b95a; --warning-page: #3a2f17; --frozen: #9ccaff; --frozen-page: #24425f; --trained: #ffc08a;
    --trained-page: #4a331d; --train: #6fb3ff; --val: #ffab66; --right: #7fd79a; --wrong: #ffab66; --strong: #14181d;
    --s0: #6fb3ff; --s1: #ffab66; --s2: #7fd79a; --s3: #c9a6f5; --s4: #ff94c2; --s5: #5fd0d8; --s6: #d9c06a;
    --s7: #b5bfca;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", Arial, sans-serif;
}
h1 { font-size: 1.7em; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.25em; margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--border); }
h3 { font-size: 1.05em; margin: 1.75rem 0 .5rem; overflow-wrap: anywhere; }
h4 { font-size: .95em; margin: 1.25rem 0 .25rem; overflow-wrap: anywhere; }
p { margin: .5rem 0; }
ul, ol { margin: .5rem 0; padding-left: 1.4rem; }
li { margin: .25rem 0; overflow-wrap: anywhere; }
p, td, th, figcaption { overflow-wrap: break-word; }
a { color: var(--accent); overflow-wrap: anywhere; }
header p { color: var(--muted); }
nav { margin-top: 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; }
.warning { color: var(--warning); background: var(--warning-page); padding: .5rem .75rem; border-radius: 4px; }
.scroll { overflow-x: auto; margin: .75rem 0; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .875em; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; font-weight: normal; }
thead th { color: var(--muted); vertical-align: bottom; border-bottom: 1px solid var(--border); }
tbody th { max-width: 22rem; overflow-wrap: anywhere; }
.number { text-align: right; white-space: nowrap; }
tbody tr:nth-child(even) { background: var(--sunken); }
.run { font-weight: 600; }
.legend .run { display: inline-block; margin-right: 1em; overflow-wrap: anywhere; }
.swatch { width: .85em; height: .85em; vertical-align: -.05em; }
.layer { display: inline-block; overflow-wrap: anywhere; }
.d1 { padding-left: 1.1em; } .d2 { padding-left: 2.2em; } .d3 { padding-left: 3.3em; } .d4 { padding-left: 4.4em; }
.d5 { padding-left: 5.5em; } .d6 { padding-left: 6.6em; } .d7 { padding-left: 7.7em; } .d8 { padding-left: 8.8em; }
.state { padding: 0 .4em; border-radius: 3px; white-space: nowrap; }
.frozen { color: var(--frozen); background: var(--frozen-page); }
.trained { color: var(--trained); background: var(--trained-page); }
.partly { color: var(--text); background: var(--trained-page); border-left: 4px solid var(--frozen); }
figure { margin: 1rem 0; }
figcaption { color: var(--muted); font-size: .875em; margin-top: .25rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 0 1.5rem; }
.gallery { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: flex-start; }
.examples { display: flex; flex-wrap: wrap; gap: .25rem; max-width: 27rem; }
.examples h4 { width: 100%; margin: .5rem 0 0; }
.picture { margin: .25rem 0; width: 6.25rem; }
.picture img { display: block; max-width: 100%; height: auto; border-radius: 3px; }
.picture figcaption { font-size: .8em; line-height: 1.3; overflow-wrap: anywhere; }
.missing {
  width: 6rem; min-height: 4rem; padding: .25rem; font-size: .75em; line-height: 1.25; color: var(--muted);
  border: 1px dashed var(--border); overflow-wrap: anywhere;
}
.plot { width: 100%; height: auto; display: block; }
figure > .plot { max-width: 48rem; }
figure > .matrix { width: auto; max-width: 100%; }
.thin { stroke-width: 1.1; }
.plot text { font-size: 11px; fill: var(--muted); }
.grid { stroke: var(--border); stroke-width: .6; fill: none; }
.axis { stroke: var(--muted); stroke-width: 1; fill: none; }
.border { stroke: var(--muted); stroke-width: 1; stroke-dasharray: 3 3; fill: none; }
.line { fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linejoin: round; }
.mark { fill: currentColor; stroke: var(--page); stroke-width: .8; }
.band { fill: currentColor; fill-opacity: .15; }
.bar { fill: none; stroke: currentColor; stroke-width: 1.5; }
.ideal { color: var(--muted); stroke-dasharray: 4 4; stroke-width: 1; }
.train { color: var(--train); }
.val { color: var(--val); }
.line.val { stroke-dasharray: 7 3; }
.s0 { color: var(--s0); } .s1 { color: var(--s1); } .s2 { color: var(--s2); } .s3 { color: var(--s3); }
.s4 { color: var(--s4); } .s5 { color: var(--s5); } .s6 { color: var(--s6); } .s7 { color: var(--s7); }
.matrix text { fill: var(--text); }
.matrix .strong { fill: var(--strong); }
.edge { fill: none; stroke: var(--border); stroke-width: .6; }
.right { fill: var(--right); }
.wrong { fill: var(--wrong); }
code, pre { font: .85em/1.45 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; }
code { overflow-wrap: anywhere; }
pre { background: var(--sunken); padding: .5rem .75rem; border-radius: 4px; white-space: pre-wrap; margin: .5rem 0; }
.copy { user-select: all; -webkit-user-select: all; }
.prose { max-width: 48rem; }
.references { font-size: .9em; }
@page { margin: 16mm 14mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  nav { display: none; }
  h2, h3, h4, caption { break-after: avoid; }
  tr, figure, li, pre, .examples, .pair, .short, .whole { break-inside: avoid; }
  tbody tr:nth-child(-n+2) { break-after: avoid; }
  thead { display: table-header-group; }
  table { font-size: 8pt; }
  .examples { max-width: 48%; }
  .examples .picture { width: 4.2rem; }
  th, td { padding-right: .5rem; }
  .scroll { overflow: visible; }
  .pair { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .pair.large { grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); }
  a { color: inherit; text-decoration: none; }
  tbody tr:nth-child(even), .state, .cell, .mark, .band, .warning, pre { print-color-adjust: exact; }
}
"""
