import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { appears, PATIENCE, succeeds, takes, until } from "./until";

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
  /** What is typed into: the palette, and questions. */
  readonly input: Locator;
  /** The entries of the menu of quick fixes. */
  readonly fixes: Locator;
  /** The code editor that has the keyboard. */
  readonly focused: Locator;

  /** @param patience Milliseconds for which something is tried again that leads nowhere. */
  constructor(
    readonly page: Page,
    private readonly patience = PATIENCE,
  ) {
    this.squiggles = page.locator(".squiggly-error");
    this.lines = page.locator(".editor-group-container.active .view-line");
    this.panel = page.locator(".part.panel .view-line");
    this.toasts = page.locator(".notification-toast");
    this.hover = page.locator(".monaco-hover:not(.hidden)");
    this.icons = page.locator(".editor-group-container.active .glyph-margin-widgets .cgmr");
    this.currentLine = page.locator(".line-numbers.active-line-number");
    this.banner = page.locator(".part.banner");
    this.input = page.locator(".quick-input-widget input");
    this.fixes = page.locator(".action-widget .monaco-list-row.action");
    this.focused = page.locator(".editor-group-container.active .monaco-editor.focused");
  }

  /** Open a file from the explorer. */
  async open(name: string): Promise<void> {
    const row = this.page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).first();
    await row.dblclick();
    await this.page.locator(".tab.active", { hasText: name }).waitFor();
  }

  /** The tab of an editor or of a view. */
  tab(title: string): Locator {
    return this.page.locator(".tab", { hasText: title }).first();
  }

  /** Close an editor or a view. */
  async close(title: string): Promise<void> {
    await this.tab(title).click({ button: "middle" });
    await this.tab(title).waitFor({ state: "detached" });
  }

  /** Press keys, one after the other. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /**
   * Give the text in the first group the keyboard, and again until it has it: a view that has just been
   * clicked hands a key on to VS Code only a moment later, or not at all.
   */
  async toText(): Promise<void> {
    const go = (): Promise<boolean> => this.press("Control+1").then(() => appears(this.focused));
    await this.until(go, () => "The keyboard does not get to the text.");
  }

  /** A lens that says something. */
  lens(text: string | RegExp): Locator {
    return this.page.locator(".codelens-decoration a", { hasText: text }).first();
  }

  /** Click a lens, and again until that shows: lines may be laid out anew under the pointer. */
  async take(lens: string | RegExp, shows: Locator): Promise<void> {
    const click = (): Promise<boolean> => this.lens(lens).click().then(() => appears(shows));
    await this.until(click, () => `Clicks on the lens '${String(lens)}' lead nowhere.`);
  }

  /** Run the plan by its key, once the server knows it. */
  async run(): Promise<void> {
    await this.lens("Run plan").waitFor();
    await this.caret(1, 1);
    await this.press("Control+Alt+Shift+Enter");
  }

  /** What a lens says that does nothing. */
  known(text: string | RegExp): Locator {
    return this.page.locator(".codelens-decoration", { hasText: text }).first();
  }

  /** An item of the status bar. */
  status(text: string | RegExp): Locator {
    return this.page.locator(".statusbar-item", { hasText: text }).first();
  }

  /** A toast with some text in it. */
  toast(text: string | RegExp): Locator {
    return this.toasts.filter({ hasText: text }).first();
  }

  /** Put the caret somewhere; lines and columns count from 1. */
  async caret(line: number, column: number): Promise<void> {
    await this.press("Control+g");
    await this.input.fill(`:${String(line)}:${String(column)}`);
    await this.press("Enter");
    await this.focused.waitFor();
    await this.status(new RegExp(`Ln ${String(line)}, Col ${String(column)}(?!\\d)`)).waitFor();
  }

  /** Carry out a command by its title. */
  async command(title: string): Promise<void> {
    await this.palette(title);
    await this.input.waitFor({ state: "hidden" });
  }

  /** Carry out a command that asks for something, where the palette was. */
  async asks(title: string): Promise<void> {
    await this.palette(title);
    await expect.poll(() => this.input.inputValue()).not.toMatch(/^>/);
  }

  /** Type into the palette, and take the entry that then is the first. */
  async choose(typed: string, entry: string): Promise<void> {
    await this.input.fill(typed);
    await this.first(entry).waitFor();
    await this.press("Enter");
  }

  /**
   * Open the palette and take a command, and again until it has that: which ones are of use is known
   * a moment after the focus has changed, and an open palette stays as it is. One closes by itself
   * when something else takes the focus.
   */
  private async palette(title: string): Promise<void> {
    let instead = "";
    const open = async (): Promise<boolean> => {
      await this.press("F1");
      if ((await takes(this.input, `>${title}`)) && (await appears(this.first(title)))) return true;
      instead = (await this.first("").allInnerTexts()).join("");
      await this.press("Escape");
      await this.input.waitFor({ state: "hidden" });
      return false;
    };
    await this.until(open, () => `The palette has '${instead}' first, and not '${title}'.`);
    await this.press("Enter");
  }

  private until(step: () => Promise<boolean>, lacking: () => string): Promise<void> {
    return until(step, lacking, this.patience);
  }

  /** The first entry of the palette, once it has a text. */
  private first(entry: string): Locator {
    return this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: entry }).first();
  }

  /** Answer a question that is asked where the palette is. */
  async answer(question: string | RegExp, text: string): Promise<void> {
    await this.page.locator(".quick-input-widget", { hasText: question }).first().waitFor();
    await this.input.fill(text);
    await this.press("Enter");
  }

  /**
   * Open the menu of quick fixes at the caret, and again until it has one: fixes come when they have
   * been run, and an open menu stays as it is.
   */
  async offered(fix: string | RegExp): Promise<Locator> {
    const none = this.page.locator(".monaco-editor-overlaymessage");
    const wanted = this.fixes.filter({ hasText: fix }).first();
    await this.focused.waitFor();
    let instead: string[] = [];
    const open = async (): Promise<boolean> => {
      await this.press("Control+.");
      await this.fixes.or(none).first().waitFor();
      if (await wanted.isVisible()) return true;
      instead = await this.fixes.or(none).allInnerTexts();
      await this.press("Escape");
      await this.fixes.or(none).first().waitFor({ state: "hidden" });
      return false;
    };
    await this.until(open, () => `Nothing like '${String(fix)}' is offered, but: ${instead.join("; ")}.`);
    return wanted;
  }

  /** Take something from the menu that the right button opens, or from one inside of it. */
  async choiceOf(place: Locator, ...titles: readonly string[]): Promise<void> {
    const menu = this.page.locator(".monaco-menu");
    await place.first().click({ button: "right" });
    for (const title of titles.slice(0, -1)) await menu.getByText(title, { exact: true }).click();
    // A menu that has only just opened takes no click: it could be the one that has opened it.
    const gone = { state: "detached", timeout: 1_000 } as const;
    const take = async (): Promise<boolean> => {
      await menu.getByText(titles.at(-1) ?? "", { exact: true }).click();
      return succeeds(menu.first().waitFor(gone));
    };
    await this.until(take, () => `The menu takes no click on '${titles.join(", ")}'.`);
  }

  /** How many lines have a stripe of that style before them. */
  stripes(style: "solid" | "dotted"): Promise<number> {
    return this.page.locator(".editor-group-container.active .view-overlays .cdr").evaluateAll(
      (all, wanted) =>
        all.map((each) => getComputedStyle(each)).filter(({ borderLeftStyle, borderLeftWidth }) => {
          return borderLeftStyle === wanted && borderLeftWidth === "3px";
        }).length,
      style,
    );
  }

  /** Take a fix, once it is offered at the caret. */
  async mend(fix: string | RegExp): Promise<void> {
    await this.offered(fix);
    await this.choosing(fix);
  }

  /** Take an entry of the menu of quick fixes that is open, by the keyboard; another key may preview it. */
  async choosing(fix: string | RegExp, key = "Enter"): Promise<void> {
    const wanted = this.fixes.filter({ hasText: fix }).first();
    const chosen = (): Promise<boolean> => wanted.evaluate((row) => row.classList.contains("focused"));
    const go = async (): Promise<boolean> => (await chosen()) || this.press("ArrowDown").then(chosen);
    await this.until(go, () => `The keyboard does not get to '${String(fix)}'.`);
    await this.press(key);
  }

  /** Something in the page of the one webview that is open. */
  inView(selector: string): Locator {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame").locator(selector).first();
  }

  /** All that the one webview that is open shows. */
  get view(): Locator {
    return this.inView("#root");
  }

  /** Wait until the one webview that is open has the keyboard. */
  async hasKeyboard(): Promise<void> {
    await expect.poll(() => this.inView("body").evaluate(() => document.hasFocus())).toBe(true);
  }

  /** Go from one thing to the next in the webview that gets the keyboard, until it is one that is wanted. */
  async tabTo(wanted: string): Promise<void> {
    const page = this.inView("body");
    await this.hasKeyboard();
    while (!(await page.evaluate((_, each) => document.activeElement?.matches(each), wanted))) {
      const before = await page.evaluateHandle(() => document.activeElement);
      await this.press("Tab");
      await expect.poll(() => page.evaluate((_, each) => document.activeElement !== each, before)).toBe(true);
    }
  }
}
