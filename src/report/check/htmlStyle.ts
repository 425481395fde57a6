// The look of the page: readable on a phone and on paper, in light and in dark.
export const HTML_STYLE: string = `
:root{color-scheme:light dark;--ink:#1b1f24;--dim:#5b6673;--paper:#fff;--card:#f6f8fa;--line:#d0d7de;--red:#b3261e;--amber:#8a5a00;--blue:#0b57d0;--green:#146c2e}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ed;--dim:#9aa5b1;--paper:#12161b;--card:#1a2027;--line:#333c46;--red:#ff8a80;--amber:#f2c14e;--blue:#8ab4f8;--green:#7ddb95}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 4rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.4rem;margin:0}header p{margin:.25rem 0;color:var(--dim)}
.pod{margin-top:2rem}h2{font-size:1.1rem;margin:0;overflow-wrap:anywhere}
.met,.unmet{font-size:.8rem;font-weight:600;padding:.1rem .5rem;border-radius:1rem;border:1px solid;white-space:nowrap}
.met{color:var(--green)}.unmet{color:var(--red)}
.place,.origin{margin:.25rem 0;color:var(--dim);font-size:.85rem;overflow-wrap:anywhere}
article{margin:.75rem 0;padding:.75rem 1rem;background:var(--card);border:1px solid var(--line);border-left:4px solid var(--line);border-radius:6px}
article.refusal{border-left-color:var(--red)}article.warning{border-left-color:var(--amber)}article.note{border-left-color:var(--blue)}
h3{font-size:1rem;font-weight:400;margin:0;overflow-wrap:anywhere}h3 b{font-size:.75rem;text-transform:uppercase;letter-spacing:.04em;margin-right:.5rem}
.refusal b{color:var(--red)}.warning b{color:var(--amber)}.note b{color:var(--blue)}
pre{margin:.5rem 0;padding:.5rem .75rem;overflow-x:auto;background:var(--paper);border:1px solid var(--line);border-radius:4px;font:13px/1.45 ui-monospace,monospace}
a{color:var(--blue)}
@media print{body{max-width:none}article{break-inside:avoid}}
`;
