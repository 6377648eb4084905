/** The colours of four themes of VS Code 1.139 as its webviews get them, as far as the views use them. */

const dark = {
  "editor-background": "#1f1f1f",
  "editor-foreground": "#cccccc",
  descriptionForeground: "#9d9d9d",
  "editorWidget-background": "#202020",
  "editorWidget-border": "#454545",
  "editorLineNumber-activeForeground": "#cccccc",
  focusBorder: "#0078d4",
  "charts-green": "#89d185",
  "charts-red": "#f14c4c",
  "testing-iconQueued": "#cca700",
  "charts-yellow": "#cca700",
  "charts-blue": "#59a4f9",
  "charts-purple": "#b180d7",
  "textPreformat-background": "#3c3c3c",
  "textPreformat-foreground": "#d0d0d0",
};

const light = {
  "editor-background": "#ffffff",
  "editor-foreground": "#3b3b3b",
  descriptionForeground: "#3b3b3b",
  "editorWidget-background": "#f8f8f8",
  "editorWidget-border": "#c8c8c8",
  "editorLineNumber-activeForeground": "#171184",
  focusBorder: "#005fb8",
  "charts-green": "#388a34",
  "charts-red": "#e51400",
  "testing-iconQueued": "#855f00",
  "charts-yellow": "#bf8803",
  "charts-blue": "#0063d3",
  "charts-purple": "#652d90",
};

const contrast = {
  "editor-background": "#000000",
  "editor-foreground": "#ffffff",
  descriptionForeground: "rgba(255, 255, 255, 0.7)",
  "editorWidget-background": "#0c141f",
  contrastBorder: "#6fc3df",
  "editorLineNumber-activeForeground": "#f38518",
  focusBorder: "#f38518",
  "charts-green": "#89d185",
  "charts-red": "#f48771",
  "charts-yellow": "#ffd370",
  "charts-blue": "#59a4f9",
  "charts-purple": "#b180d7",
};

const contrastLight = {
  "editor-background": "#ffffff",
  "editor-foreground": "#292929",
  descriptionForeground: "rgba(41, 41, 41, 0.7)",
  "editorWidget-background": "#ffffff",
  contrastBorder: "#0f4a85",
  "editorLineNumber-activeForeground": "#006bbd",
  focusBorder: "#006bbd",
  "charts-green": "#374e06",
  "charts-red": "#b5200d",
  "charts-yellow": "#895503",
  "charts-blue": "#0063d3",
  "charts-purple": "#652d90",
  "textPreformat-background": "#09345f",
  "textPreformat-foreground": "#ffffff",
};

export const THEMES = { dark, light, contrast, contrastLight };
export type Theme = keyof typeof THEMES;

/** Of the styles that VS Code gives to webviews besides, those that change what a browser does by itself. */
const DEFAULTS = `@layer vscode-default {
  code {
    font-family: var(--monaco-monospace-font);
    color: var(--vscode-textPreformat-foreground);
    background-color: var(--vscode-textPreformat-background);
    padding: 1px 3px;
  }
}`;

/** A theme as the style sheet that VS Code gives to webviews. */
export function sheet(theme: Theme): string {
  const lines = Object.entries(THEMES[theme]).map(([name, colour]) => `--vscode-${name}: ${colour};`);
  const scheme = theme === "light" || theme === "contrastLight" ? "light" : "dark";
  return `:root { ${lines.join(" ")} color-scheme: ${scheme}; } ${DEFAULTS}`;
}
