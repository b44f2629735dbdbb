/**
 * The looks of a report: the app's colours and letters (`src/app/theme/tokens.css`), for screen and paper.
 *
 * @module
 */

/** The whole style sheet. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#fbf9f4,#15171a);--raised:light-dark(#fff,#1d2024);
--ink:light-dark(#1d1b18,#e9e4d9);--soft:light-dark(#655f55,#a29e94);--line:light-dark(#e4dfd3,#2d3036);
--edge:light-dark(#8d8678,#737882);--accent:light-dark(#96381c,#e59570);--second:light-dark(#24527c,#8fb8dd);
--fill:light-dark(#b5826a,#855f4a);--good:light-dark(#2b6a4a,#86cba7);--warn:light-dark(#7d5800,#e3bb62);
--bad:light-dark(#9c2431,#f0939b);--third:light-dark(#6d3a8a,#cba6e3);--serif:"Literata Variable",Literata,Georgia,"Times New Roman",serif;
--sans:"Inter Variable",Inter,system-ui,sans-serif;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
*{box-sizing:border-box}
body{margin:0;padding:clamp(1.25rem,4vw,3rem) clamp(1rem,4vw,2.5rem) 4rem;background:var(--paper);color:var(--ink);
font:400 .9375rem/1.5 var(--sans);overflow-wrap:break-word;-webkit-text-size-adjust:100%}
main{max-width:62rem;margin:0 auto}
h1{margin:0;font:600 clamp(1.6rem,5vw,2.2rem)/1.2 var(--serif);text-wrap:balance}
h2{margin:0 0 .35rem;font:600 1.2rem/1.3 var(--serif)}
p{margin:0}
.kicker{margin-bottom:.4rem;color:var(--soft);font-size:.84375rem}
.lead{max-width:42rem;margin-top:.6rem;font:400 1.0625rem/1.55 var(--serif)}
.run{display:flex;flex-wrap:wrap;gap:.5rem 1.75rem;margin:1.25rem 0 0;padding:0}
.run div{min-width:0}
.run dt{color:var(--soft);font-size:.78125rem}
.run dd{margin:0;font-variant-numeric:tabular-nums}
.hash{font:400 .8125rem/1.5 var(--mono);overflow-wrap:anywhere}
section{margin-top:2.5rem;padding-top:1.5rem;border-top:1px solid var(--line)}
.verdict{max-width:42rem;margin-bottom:1rem}
.note{margin-top:.6rem;color:var(--soft);font-size:.84375rem}
.checks{margin:.25rem 0 0;padding:0;list-style:none}
.checks li{display:flex;gap:.6rem;padding:.2rem 0}
.checks b{flex:none;min-width:4.25rem;font-weight:600}
.pass{color:var(--good)}.fail{color:var(--bad)}.alert{color:var(--warn)}
.pair{display:grid;gap:1.5rem 2.5rem;grid-template-columns:minmax(0,1fr);align-items:start}
@media (min-width:54rem){.pair{grid-template-columns:minmax(0,29rem) minmax(0,1fr)}}
.pair.even{max-width:60.5rem}
@media (min-width:54rem){.pair.even{grid-template-columns:repeat(2,minmax(0,29rem))}}
.pair+.facts{margin-top:1.25rem;max-width:29rem}
figure{margin:0;max-width:30rem}
figcaption{margin-top:.35rem;color:var(--soft);font-size:.84375rem}
.legend{display:flex;flex-wrap:wrap;gap:.15rem 1rem;margin-top:.35rem;font-size:.84375rem}
.legend span{display:inline-flex;align-items:center;gap:.45rem}
.key{flex:none;width:1.1rem;height:0;border-top:2px solid var(--accent)}
.key.line-b{border-color:var(--second)}
.key.line-ink{border-color:var(--ink)}
.key.dash{border-top:1.5px dashed var(--edge)}
.key.band{opacity:.55}
.key.bar,.key.band{height:.7rem;border:0;border-radius:2px;background:var(--fill)}
.key.ring{width:.65rem;height:.65rem;border:2px solid var(--bad);border-radius:50%}
.key.dot{width:.6rem;height:.6rem;border:0;border-radius:50%;background:var(--accent)}
svg{display:block;width:100%;height:auto;font:400 12px var(--sans);font-variant-numeric:tabular-nums}
@media (min-width:30rem){svg{font-size:10px}}
svg text{fill:var(--soft)}
svg .name{fill:var(--ink)}
svg .number{font-weight:600}
.grid line{stroke:var(--line)}
.base{stroke:var(--edge)}
.bar,svg .band{fill:var(--fill)}
svg .band{fill-opacity:.55}
polyline{fill:none;stroke-width:1.75;stroke-linejoin:round}
.line{stroke:var(--accent)}
polyline.line-b{stroke:var(--second)}
polyline.line-ink{stroke:var(--ink)}
svg .dash,.moment{fill:none;stroke:var(--soft);stroke-width:1.25;stroke-dasharray:4 3}
.moment{stroke-dasharray:1 3}
.expected{stroke:var(--edge);stroke-width:1.5;stroke-dasharray:3 2}
svg .dot{fill:var(--accent);stroke:var(--paper);stroke-width:1}
svg .out{fill:var(--bad);stroke:var(--bad);fill-opacity:.25;stroke-width:2}
.s0{color:var(--accent)}.s1{color:var(--second)}.s2{color:var(--good)}.s3{color:var(--third)}.s4{color:var(--warn)}.s5{color:var(--soft)}
polyline.own,path.own,.whisker{fill:none;stroke:currentColor}
path.own{stroke-width:1.75}
polyline.theory{stroke-width:1.5;stroke-dasharray:5 4;opacity:.8}
.whisker{stroke-width:1.25;opacity:.75}
.shape{fill:currentColor;stroke:var(--paper);stroke-width:1}
.hollow .shape{fill-opacity:0;stroke:currentColor;stroke-width:1.5}
.key-svg{flex:none;width:1.5rem;height:.75rem}
.scroll{max-width:100%;overflow-x:auto}
table{border-collapse:collapse;font-size:.84375rem;font-variant-numeric:tabular-nums}
.scroll table{width:100%}
th,td{padding:.28rem .7rem .28rem 0;text-align:right;vertical-align:top;border-bottom:1px solid var(--line);white-space:nowrap}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--soft);font-weight:500}
.text,.facts th{text-align:left}
.text{white-space:normal;min-width:5rem}
.facts{width:100%}
.facts th{font-weight:400;color:var(--soft);white-space:normal}
.facts+.scroll{margin-top:1rem}
td b{color:var(--bad)}
details{margin-top:1rem}
summary{cursor:pointer;color:var(--accent)}
pre{max-width:100%;max-height:26rem;margin:.75rem 0 0;padding:1rem;overflow:auto;border:1px solid var(--line);border-radius:10px;
background:var(--raised);font:400 .8125rem/1.5 var(--mono);tab-size:2}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@page{margin:15mm}
@media print{:root{color-scheme:light}body{padding:0;font-size:9.5pt}main{max-width:none}section{break-inside:avoid}
section.whole{break-inside:auto}.pair,.pair.even{grid-template-columns:minmax(0,1fr)}.scroll{overflow:visible}
table{font-size:8.5pt}th,td{padding-right:.4rem}thead th{white-space:normal}.text{overflow-wrap:anywhere}.hash{font-size:7.5pt}
.key{print-color-adjust:exact;-webkit-print-color-adjust:exact}
details::details-content{content-visibility:visible;height:auto}pre{max-height:none;white-space:pre-wrap}}
`;
