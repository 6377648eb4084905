import type { Locator, Page } from "playwright-core";

/** The parts of VS Code's window, by selectors that hold in 1.100 and 1.139. */
export class Workbench {
  readonly squiggles: Locator;
  readonly lines: Locator;
  /** The lines of the panel below the editors, such as those of a log. */
  readonly panel: Locator;
  readonly toasts: Locator;
  readonly hover: Locator;
  /** The number of the line that the caret is on. */
  readonly currentLine: Locator;
  readonly banner: Locator;
  /** The icons in the gutter. */
  readonly icons: Locator;

  constructor(readonly page: Page) {
    this.squiggles = page.locator(".squiggly-error");
    this.lines = page.locator(".editor-group-container.active .view-line");
    this.panel = page.locator(".part.panel .view-line");
    this.toasts = page.locator(".notification-toast");
    this.hover = page.locator(".monaco-hover:not(.hidden)");
    this.icons = page.locator(".editor-group-container.active .glyph-margin-widgets .cgmr");
    this.currentLine = page.locator(".line-numbers.active-line-number");
    this.banner = page.locator(".part.banner");
  }

  /** Open a file from the explorer. */
  async open(name: string): Promise<void> {
    const row = this.page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).first();
    await row.dblclick();
    await this.page.locator(".tab.active", { hasText: name }).waitFor();
  }

  /** A lens that says something. */
  lens(text: string | RegExp): Locator {
    return this.page.locator(".codelens-decoration a", { hasText: text }).first();
  }

  /** Click a lens until it does something: a click on one that is just being replaced is lost. */
  async click(lens: Locator, effect: Locator): Promise<void> {
    await lens.waitFor();
    while (await lens.isVisible()) {
      await lens.click();
      const isThere = await effect.waitFor({ timeout: 20_000 }).then(() => true, () => false); // prettier-ignore
      if (isThere) return;
    }
    await effect.waitFor();
  }

  /** Run the plan by its key, once the server knows it. */
  async run(): Promise<void> {
    await this.lens("Run plan").waitFor();
    await this.caret(1, 1);
    await this.page.keyboard.press("Control+Alt+Shift+Enter");
  }

  /** What a lens says that does nothing. */
  known(text: string | RegExp): Locator {
    return this.page.locator(".codelens-decoration", { hasText: text }).first();
  }

  /** An item of the status bar. */
  status(text: string | RegExp): Locator {
    return this.page.locator(".statusbar-item", { hasText: text }).first();
  }

  /** Put the caret somewhere; lines and columns count from 1. */
  async caret(line: number, column: number): Promise<void> {
    await this.page.keyboard.press("Control+g");
    await this.page.locator(".quick-input-widget input").fill(`:${String(line)}:${String(column)}`);
    await this.page.keyboard.press("Enter");
    await this.page.locator(".editor-group-container.active .monaco-editor.focused").waitFor();
  }

  /** Carry out a command by its title. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press("F1");
    const input = this.page.locator(".quick-input-widget input");
    await input.fill(`>${title}`);
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().waitFor();
    await this.page.keyboard.press("Enter");
    await input.waitFor({ state: "hidden" });
  }

  /** The menu of quick fixes at the caret. The key is lost while the focus is on its way. */
  async quickFixes(): Promise<Locator> {
    const rows = this.page.locator(".action-widget .monaco-list-row.action");
    for (;;) {
      await this.page.keyboard.press("Control+.");
      try {
        await rows.first().waitFor({ timeout: 3_000 });
        return rows;
      } catch (error) {
        if (this.page.isClosed()) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /** Something in the page of the one webview that is open. */
  inView(selector: string): Locator {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame").locator(selector).first();
  }

  /** The same, once it is there. */
  async view(selector: string): Promise<Locator> {
    const found = this.inView(selector);
    await found.waitFor();
    return found;
  }
}
