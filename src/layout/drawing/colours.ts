/** A light theme's colours, for pictures outside an editor. Without any the drawing has a dark theme's. */
export const lightColours: Readonly<Record<string, string>> = {
  '--vscode-editor-background': '#ffffff',
  '--vscode-editor-foreground': '#3b3b3b',
  '--vscode-descriptionForeground': '#6b6b6b',
  '--vscode-editorWidget-background': '#f8f8f8',
  '--vscode-charts-red': '#d1242f',
  '--vscode-charts-yellow': '#b07800',
  '--vscode-charts-green': '#388a34',
  '--vscode-charts-blue': '#0063d3',
  '--vscode-focusBorder': '#005fb8',
};
