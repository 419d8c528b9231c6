/** Of the report's page: read on a phone, on a screen and on A4. Patterns tell the bars apart without colours. */
export const style = `
:root { color-scheme: light; --green: #1b7a3d; --amber: #b45f06; --red: #b3261e; --line: #c8ccd0; --quiet: #4d5560; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 62rem; background: #fff; color: #16191d;
  font: 1rem/1.45 system-ui, "Segoe UI", Roboto, Arial, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; line-height: 1.25; margin: 2rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
p { margin: .4rem 0; }
.quiet { color: var(--quiet); font-size: .9em; }
.notice { border: 2px solid var(--amber); padding: .5rem .75rem; }
code { font-size: .85em; overflow-wrap: anywhere; }
ul { list-style: none; margin: .5rem 0; padding: 0; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .9rem; }
.mark { display: inline-block; width: 1.25em; font-weight: 700; }
.green .mark { color: var(--green); }
.amber .mark { color: var(--amber); }
.red .mark { color: var(--red); }
.bars { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: .8rem 2rem; }
.bars > li { break-inside: avoid; }
.bars > li:first-child { grid-column: 1 / -1; }
.bars strong { display: block; }
.bar { display: flex; height: 1.1rem; margin: .15rem 0; border: 1px solid #5b636d; background: #fff; overflow: hidden;
  -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.bar i { display: block; }
.bar i + i { border-left: 2px solid #fff; }
.bar .green { background: var(--green); }
.bar .amber { background: repeating-linear-gradient(45deg, var(--amber) 0 7px, #e9b36c 7px 10px); }
.bar .red { background: repeating-linear-gradient(0deg, var(--red) 0 4px, #e59a95 4px 6px); }
.bar .none { background: #e4e7ea; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .95rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); }
th[scope=row] { font-weight: 600; }
td[data-label=Due] { white-space: nowrap; }
th .quiet, td .quiet { display: block; font-weight: 400; }
tr { break-inside: avoid; }
@media (min-width: 40.01rem) {
  .people { table-layout: fixed; }
  .people th:nth-child(1) { width: 38%; }
  .people th:nth-child(2) { width: 22%; }
  .people th:nth-child(3) { width: 16%; }
}
@media (max-width: 40rem) {
  table, tbody, tr, th, td { display: block; width: 100%; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border-bottom: 2px solid var(--line); padding: .5rem 0; }
  th, td { border: 0; padding: .1rem 0; }
  td[data-label]::before { content: attr(data-label) ": "; color: var(--quiet); }
}
@page { size: A4; margin: 14mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h3, section > p { break-after: avoid; }
  table { font-size: 9pt; line-height: 1.3; }
  th, td { padding-top: .2rem; padding-bottom: .2rem; }
  thead { display: table-header-group; }
}
`;
