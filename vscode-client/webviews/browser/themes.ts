/** The colours of three themes of VS Code, as far as the views use them. */

const dark = {
  "editor-background": "#1f1f1f",
  "editor-foreground": "#cccccc",
  descriptionForeground: "#9d9d9d",
  "editorWidget-background": "#202020",
  "editorWidget-border": "#454545",
  "editorLineNumber-activeForeground": "#cccccc",
  focusBorder: "#0078d4",
  "testing-iconPassed": "#73c991",
  "testing-iconFailed": "#f14c4c",
  "charts-yellow": "#cca700",
  "charts-blue": "#3794ff",
  "charts-purple": "#b180d7",
};

const light = {
  "editor-background": "#ffffff",
  "editor-foreground": "#3b3b3b",
  descriptionForeground: "#3b3b3b",
  "editorWidget-background": "#f8f8f8",
  "editorWidget-border": "#c8c8c8",
  "editorLineNumber-activeForeground": "#171184",
  focusBorder: "#005fb8",
  "testing-iconPassed": "#388a34",
  "testing-iconFailed": "#c72e0f",
  "charts-yellow": "#855f00",
  "charts-blue": "#1a6fb5",
  "charts-purple": "#652d90",
};

const contrast = {
  "editor-background": "#000000",
  "editor-foreground": "#ffffff",
  descriptionForeground: "#ffffff",
  "editorWidget-background": "#0c141f",
  contrastBorder: "#6fc3df",
  "editorLineNumber-activeForeground": "#f38518",
  focusBorder: "#f38518",
  "testing-iconPassed": "#73c991",
  "testing-iconFailed": "#f48771",
  "charts-yellow": "#ffd370",
  "charts-blue": "#3794ff",
  "charts-purple": "#dea6ff",
};

export const THEMES = { dark, light, contrast };
export type Theme = keyof typeof THEMES;

/** A theme as the style sheet that VS Code gives to webviews. */
export function sheet(theme: Theme): string {
  const lines = Object.entries(THEMES[theme]).map(([name, colour]) => `--vscode-${name}: ${colour};`);
  return `:root { ${lines.join(" ")} color-scheme: ${theme === "light" ? "light" : "dark"}; }`;
}
