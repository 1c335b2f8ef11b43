/**
 * How a page looks: quiet, in the reader's own fonts, dark where they like it dark. The variables named as an editor's
 * are those that the drawing takes its colours from.
 */
const light = `
  --paper: #ffffff; --ink: #1f2328; --quiet: #59636e; --line: #d1d9e0; --raised: #f6f8fa; --link: #0550ae;
  --good: #116329; --bad: #b3261e; --loud: #8a5200; --note: #0550ae;
  --vscode-editor-background: #ffffff; --vscode-editor-foreground: #3b3b3b; --vscode-descriptionForeground: #6b6b6b;
  --vscode-editorWidget-background: #f8f8f8; --vscode-charts-red: #d1242f; --vscode-charts-yellow: #b07800;
  --vscode-charts-green: #388a34; --vscode-charts-blue: #0063d3;`;

const dark = `
  --paper: #16191d; --ink: #e3e6ea; --quiet: #a0a8b3; --line: #363c44; --raised: #1f2329; --link: #79b8ff;
  --good: #6fcf87; --bad: #ff8f87; --loud: #e3b341; --note: #79b8ff;
  --vscode-editor-background: #16191d; --vscode-editor-foreground: #d5d9de; --vscode-descriptionForeground: #a0a8b3;
  --vscode-editorWidget-background: #1f2329; --vscode-charts-red: #f1655d; --vscode-charts-yellow: #d7a52f;
  --vscode-charts-green: #7cc98a; --vscode-charts-blue: #4b9cff;`;

export const pageStyle = `
:root {${light}
  color-scheme: light;
}
@media screen and (prefers-color-scheme: dark) { :root {${dark}
  color-scheme: dark;
} }
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
body { max-width: 1180px; margin: 0 auto; padding: 32px 28px 64px; overflow-wrap: anywhere; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 22px; line-height: 1.25; margin: 0 0 2px; }
h3 { font-size: 17px; margin: 0 0 8px; }
h4 { font-size: 15px; margin: 0 0 4px; }
p { margin: 0 0 8px; }
a { color: var(--link); }
header p, .level-1 > h2 + p, figcaption, .more { color: var(--quiet); }
header { margin-bottom: 16px; }
nav { border-block: 1px solid var(--line); padding: 10px 0; font-size: 14px; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav > ul > li { margin: 2px 0; }
nav > ul > li > a { font-weight: 600; }
nav ul ul { display: inline; margin-left: 10px; }
nav ul ul li { display: inline-block; margin-right: 12px; }
.level-1 { margin-top: 36px; }
.level-2 { margin-top: 28px; }
.level-3 { margin-top: 18px; padding-left: 14px; border-left: 2px solid var(--line); }
.level-3 p { margin-bottom: 3px; }
.level-3 ul { margin: 0 0 6px; }
.label { font-weight: 600; margin-bottom: 0; }
.level-3 .label { font-weight: 400; color: var(--quiet); }
.level-3 span.label::after { content: ":"; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 12px; margin: 16px 0 20px; }
.tiles > div { background: var(--raised); border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 6px; padding: 10px 12px; }
.tiles > .good { border-left-color: var(--good); }
.tiles > .bad { border-left-color: var(--bad); }
.tiles dt { font-size: 13px; color: var(--quiet); }
.tiles dd { margin: 0; }
.tiles .value { font-size: 21px; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }
.tiles .note { font-size: 13px; color: var(--quiet); }
.scroll { overflow-x: auto; max-width: 100%; }
.scroll:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; margin: 0 0 8px; font-size: 14px; }
th { text-align: left; font-weight: 600; color: var(--quiet); border-bottom: 2px solid var(--line); padding: 5px 14px 5px 0; vertical-align: bottom; overflow-wrap: normal; }
td { border-bottom: 1px solid var(--line); padding: 5px 14px 5px 0; vertical-align: top; min-width: 5em; }
th:last-child, td:last-child { padding-right: 0; }
.figure { text-align: right; font-variant-numeric: tabular-nums; }
td.figure { white-space: nowrap; }
code { font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.mood { font-weight: 600; }
.error, .warning, .info, .hint { white-space: nowrap; }
.mood.good, .mood.hint { font-weight: 400; }
li { white-space: pre-wrap; }
.mood.good { color: var(--good); }
.mood.bad, .mood.error { color: var(--bad); }
.mood.warning { color: var(--loud); }
.mood.info { color: var(--note); }
.mood.hint { color: var(--quiet); }
/* A large picture may be wider than the text. */
figure { margin: 0 0 20px; width: max-content; min-width: 100%; max-width: min(100vw - 56px, 1720px); position: relative; left: 50%; transform: translateX(-50%); }
figure .scroll { border: 1px solid var(--line); border-radius: 8px; padding: 8px; }
figure svg { display: block; margin: 0 auto; max-width: 100%; height: auto; }
figcaption { font-size: 13px; margin-top: 6px; }
@media screen and (max-width: 700px) { body { padding: 18px 14px 40px; } table { min-width: 560px; } figure { max-width: 100%; } figure svg { max-width: none; } }
@media print {
  @page { margin: 15mm 14mm; }
  html { font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
  nav { display: none; }
  h2, h3, h4, .label { break-after: avoid; }
  tr, figure, .tiles, .level-3 { break-inside: avoid; }
  thead { display: table-header-group; }
  table { font-size: 9pt; }
  .level-1 + .level-1 { break-before: page; }
  .scroll { overflow: visible; }
  figure { width: auto; max-width: 100%; left: 0; transform: none; }
  figure svg { max-height: 225mm; }
  .tiles { grid-template-columns: repeat(3, 1fr); }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
