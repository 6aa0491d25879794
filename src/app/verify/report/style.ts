/** The look of the report: calm, dense, the verdicts stand out; the same on paper. */
export const STYLE = `:root{--ink:#1c2126;--soft:#5b6670;--line:#dfe3e7;--pass:#0a6b45;--fail:#a80f1f;--none:#6a5b00}
*{box-sizing:border-box}body{margin:0;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:#fff}
.notice{margin:0;padding:.55em 1em;background:#1c2126;color:#fff;text-align:center;font-weight:600;letter-spacing:.02em}.notice.real{background:var(--fail)}
main{max-width:1060px;margin:0 auto;padding:1.6em 1.2em 4em}h1{font-size:1.7em;margin:0 0 .5em;line-height:1.2}
h2{font-size:1.2em;margin:2.2em 0 .4em;display:flex;gap:.7em;align-items:center;flex-wrap:wrap}
header{display:flex;gap:2em;justify-content:space-between;align-items:flex-start;flex-wrap:wrap}header>div:first-child{flex:1 1 26em}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15em 1.2em;margin:0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.seal{display:grid;gap:.1em;padding:.9em 1.4em;border-radius:8px;color:#fff;min-width:12em}.seal strong{font-size:1.9em;line-height:1.1}
.seal.pass{background:var(--pass)}.seal.fail{background:var(--fail)}.seal.none{background:var(--none)}
table{border-collapse:collapse;width:100%;margin:.6em 0}th,td{text-align:left;padding:.3em .6em;border-bottom:1px solid var(--line);vertical-align:top}
thead th{color:var(--soft);font-weight:600;border-bottom:2px solid var(--line)}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
a{color:#0b5fa5}.badge{display:inline-block;font-size:12px;font-weight:700;padding:.05em .55em;border-radius:4px;border:1px solid;white-space:nowrap}
.badge.pass{color:var(--pass)}.badge.fail{color:#fff;background:var(--fail);border-color:var(--fail)}.badge.none{color:var(--none);border-style:dashed}
.findings td:nth-child(4){white-space:nowrap}.matrix{margin-bottom:1.4em}.method{color:var(--soft);margin:.2em 0 .6em;max-width:75ch}.note{display:block;color:var(--soft);font-size:13px}
.source{font-size:13px;color:var(--soft);min-width:16em}.mark{display:inline-block;min-width:1.5em;text-align:center;color:var(--ink);background:#eef1f4;border-radius:3px}
.matrix{width:auto;font-size:13.5px}.matrix caption{text-align:left;font-weight:600;padding:.3em 0}.matrix td,.matrix th{padding:.12em .7em}
.matrix tbody th{color:var(--soft);font-weight:600}.matrix td.fail{background:var(--fail);color:#fff;font-weight:700}
figure{margin:1.2em 0}figcaption{font-weight:600;margin-bottom:.2em}svg{display:block;width:100%;height:auto;max-width:900px}
.grid{stroke:#e6eaee;stroke-width:1}.zero{stroke:#8a949d;stroke-width:1}.curve{fill:none;stroke-width:1.8;stroke-linejoin:round}
.limit{stroke:#a80f1f;stroke-width:1.3;stroke-dasharray:6 4}.limit-text{fill:#a80f1f;font:12px system-ui,sans-serif}
.tick{fill:#5b6670;font:12px system-ui,sans-serif}.axis{fill:#1c2126;font:12.5px system-ui,sans-serif}.name{fill:#1c2126;font:12.5px system-ui,sans-serif}
footer{margin-top:3em;color:var(--soft);font-size:13px;border-top:1px solid var(--line)}
@media print{.notice{-webkit-print-color-adjust:exact;print-color-adjust:exact}.seal,.badge,.matrix td{-webkit-print-color-adjust:exact;print-color-adjust:exact}section{break-inside:auto}figure,tr{break-inside:avoid}}
@media (max-width:640px){.source{min-width:0}.findings td:nth-child(5),.findings th:nth-child(5){display:none}main{padding:1em .7em}}`;
