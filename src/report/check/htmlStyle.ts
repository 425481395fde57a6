// The look of the page: readable on a phone and on paper, in light and in dark.
export const HTML_STYLE: string = `
:root{color-scheme:light dark;--ink:#1b1f24;--dim:#5b6673;--paper:#fff;--card:#f6f8fa;--line:#d0d7de;--red:#b3261e;--amber:#8a5a00;--blue:#0b57d0;--green:#146c2e}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ed;--dim:#9aa5b1;--paper:#12161b;--card:#1a2027;--line:#333c46;--red:#ff8a80;--amber:#f2c14e;--blue:#8ab4f8;--green:#7ddb95}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 4rem;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.4rem;margin:0}header p{margin:.25rem 0;color:var(--dim)}
header .found{color:var(--ink);font-weight:600}
.filter{display:flex;flex-wrap:wrap;gap:1rem;margin-top:1rem}
body:has(#refusal:not(:checked)) .said.refusal,body:has(#unmet:not(:checked)) .said.unmet,body:has(#warning:not(:checked)) .said.warning,body:has(#note:not(:checked)) .said.note{display:none}
.wide{overflow-x:auto;margin-top:1.5rem}table{border-collapse:collapse;width:100%;font-size:.9rem}
th{text-align:left;color:var(--dim);font-weight:600}th,td{padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td.number{text-align:right;font-variant-numeric:tabular-nums}th:nth-child(n+3){text-align:right}
td.met{color:var(--green)}td.unmet{color:var(--red)}
.pod{margin-top:2.25rem}h2{font-size:1.1rem;margin:0;overflow-wrap:anywhere}
span.met,span.unmet{font-size:.8rem;font-weight:600;padding:.1rem .5rem;border-radius:1rem;border:1px solid;white-space:nowrap}
span.met{color:var(--green)}span.unmet{color:var(--red)}
.place,.origin{margin:.25rem 0;color:var(--dim);font-size:.85rem;overflow-wrap:anywhere}
article{margin:.75rem 0;padding:.6rem 1rem;background:var(--card);border:1px solid var(--line);border-radius:6px}
.said{margin:.6rem 0;padding-left:.75rem;border-left:3px solid var(--line);overflow-wrap:anywhere}.said p{margin:.15rem 0}
.said.refusal,.said.unmet{border-left-color:var(--red)}.said.warning{border-left-color:var(--amber)}.said.note{border-left-color:var(--blue)}
b{font-size:.75rem;text-transform:uppercase;letter-spacing:.04em;margin-right:.35rem}
.refusal b,.unmet b{color:var(--red)}.warning b{color:var(--amber)}.note b{color:var(--blue)}
.hint::before{content:"hint ";color:var(--green);font-weight:600;font-size:.85rem}
.mend::before{content:"mend ";color:var(--green);font-weight:600;font-size:.85rem}
.fixed::before{content:"fix ";color:var(--green);font-weight:600;font-size:.85rem}
pre{margin:.4rem 0;padding:.5rem .75rem;overflow-x:auto;background:var(--paper);border:1px solid var(--line);border-radius:4px;font:13px/1.45 ui-monospace,monospace}
ins,del{text-decoration:none}ins{color:var(--green)}del{color:var(--red)}
mark{background:none;color:inherit;text-decoration:underline wavy var(--red) 1px;text-underline-offset:3px;font-weight:600}
code{font:.95em ui-monospace,monospace}details{margin:.75rem 0;font-size:.9rem}
a{color:var(--blue)}
@media print{body{max-width:none}article{break-inside:avoid}}
`;
