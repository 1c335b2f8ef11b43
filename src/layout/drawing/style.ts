/**
 * How the drawing looks, as CSS in the editor's theme colours. Kept here and not in the webview's stylesheet because an
 * exported picture needs the same. The colours behind each variable are only for pictures outside the editor.
 */
export const drawingStyle = `
.faultline {
  --bg: var(--vscode-editor-background, #1f1f1f);
  --fg: var(--vscode-editor-foreground, #cccccc);
  --dim: var(--vscode-descriptionForeground, #9d9d9d);
  --card: var(--vscode-editorWidget-background, #252526);
  --red: var(--vscode-charts-red, #f14c4c);
  --amber: var(--vscode-charts-yellow, #cca700);
  --green: var(--vscode-charts-green, #89d185);
  --blue: var(--vscode-charts-blue, #3794ff);
  --edge: var(--vscode-contrastBorder, color-mix(in srgb, var(--fg) 52%, var(--bg)));
  --rim: var(--vscode-contrastBorder, color-mix(in srgb, var(--fg) 22%, var(--bg)));
  --focus: var(--vscode-focusBorder, #0078d4);
  font-family: var(--vscode-font-family, system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif);
  font-variant-numeric: tabular-nums;
}
.faultline .tone-error { --tone: var(--red); }
.faultline .tone-warning { --tone: var(--amber); }
.faultline .tone-info { --tone: var(--blue); }
.faultline text { fill: var(--fg); }
.faultline .card-box { fill: var(--card); stroke: var(--rim); stroke-width: 1; }
.faultline .card-behind { fill: var(--card); stroke: var(--rim); stroke-width: 1; }
.faultline .external .card-box { stroke-dasharray: 5 3; }
.faultline .tile { fill: color-mix(in srgb, var(--fg) 9%, transparent); }
.faultline .icon { fill: color-mix(in srgb, var(--fg) 88%, transparent); }
.faultline .title { font-size: 12.5px; font-weight: 600; }
.faultline .title-large { font-size: var(--name-size, 20px); font-weight: 600; display: none; paint-order: stroke; stroke: var(--card); stroke-width: 4; stroke-linejoin: round; }
.faultline .meta { font-size: 10.5px; fill: var(--dim); }
.faultline .pip { fill: color-mix(in srgb, var(--green) 80%, var(--fg)); }
.faultline .pip-count { font-size: 10.5px; font-weight: 600; fill: var(--dim); }
.faultline .badge-box { fill: var(--bg); stroke: var(--tone, var(--rim)); stroke-width: 1; }
.faultline .badge-icon { fill: var(--tone, var(--dim)); }
.faultline .badge-text { font-size: 9.5px; font-weight: 600; letter-spacing: .02em; fill: var(--tone, var(--dim)); }
.faultline .halo { fill: none; stroke: var(--bg); stroke-width: 5; }
.faultline .hit { fill: none; stroke: transparent; stroke-width: 12; pointer-events: stroke; }
.faultline .line { fill: none; stroke: var(--tone, var(--edge)); stroke-width: 1.3; }
.faultline .edge.tone-error .line { stroke-width: 1.7; }
.faultline .edge.tone-info .line { stroke: var(--edge); }
.faultline .arrow { fill: var(--tone, var(--edge)); }
.faultline .edge.tone-info .arrow { fill: var(--edge); }
.faultline .port { fill: var(--bg); stroke: var(--tone, var(--edge)); stroke-width: 1.2; }
.faultline .edge.tone-info .port { stroke: var(--edge); }
.faultline .async .line { stroke-dasharray: 5 4; }
.faultline .startup .line { stroke-dasharray: 7 3 1 3; opacity: .6; }
.faultline .startup .arrow, .faultline .startup .port { opacity: .6; }
.faultline .telemetry .line { stroke-dasharray: 1 4; stroke-linecap: round; opacity: .6; }
.faultline .pill-box { fill: var(--bg); stroke: var(--tone, var(--rim)); stroke-width: 1; }
.faultline .pill.tone-error .pill-box { fill: color-mix(in srgb, var(--red) 12%, var(--bg)); }
.faultline .pill.tone-warning .pill-box { fill: color-mix(in srgb, var(--amber) 10%, var(--bg)); }
.faultline .pill.tone-info .pill-box { stroke: var(--rim); }
.faultline .pill-text { font-size: 10.5px; }
.faultline .pill-text.tone-error, .faultline .pill-text.tone-warning { font-weight: 600; }
.faultline .pill-dot { fill: var(--dim); }
.faultline .bolt { fill: var(--green); stroke: var(--green); stroke-width: .6; }
.faultline .no-breaker .bolt { fill: var(--dim); stroke: none; }
.faultline .slash { stroke: var(--red); stroke-width: 1.8; stroke-linecap: round; }
.faultline .frame-box { fill: color-mix(in srgb, var(--fg) 2%, transparent); stroke: var(--rim); stroke-width: 1; }
.faultline .zone .frame-box { fill: color-mix(in srgb, var(--blue) 5%, transparent); stroke: var(--vscode-contrastBorder, color-mix(in srgb, var(--blue) 38%, var(--bg))); }
.faultline .external .frame-box { fill: none; stroke-dasharray: 6 4; }
.faultline .frame-back { fill: color-mix(in srgb, var(--fg) 2%, var(--bg)); }
.faultline .zone .frame-back { fill: color-mix(in srgb, var(--blue) 6%, var(--bg)); }
.faultline .frame-title text { font-size: var(--title-size, 12px); paint-order: stroke; stroke: var(--bg); stroke-width: 4; stroke-linejoin: round; }
.faultline .frame-kind { fill: var(--dim); font-size: 0.92em; }
.faultline .frame-name { font-weight: 600; }
.faultline .frame-title.tone-error .frame-name, .faultline .frame-title.tone-warning .frame-name { fill: var(--tone); }
.faultline .legend-text { font-size: 10.5px; fill: var(--dim); }
`;
