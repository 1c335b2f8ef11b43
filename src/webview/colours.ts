/** The colours of a chart's lines: the same as of the signs in its key. */
export const chartColours = [
  '--vscode-charts-blue',
  '--vscode-charts-yellow',
  '--vscode-charts-green',
  '--vscode-charts-purple',
  '--vscode-foreground',
];
