/**
 * Sees to it that lenses are asked for anew once they are to be. VS Code waits a moment before it does, and
 * gives it up where the text loses the keyboard meanwhile: what they say would stay as it was.
 */
export class Lenses {
  private readonly due = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param shown The addresses of the plans that can be seen.
   * @param ask Has the editor ask for the lenses of all of them, soon.
   * @param patience Milliseconds within which it does, unless it has given that up.
   */
  constructor(
    private readonly shown: () => readonly string[],
    private readonly ask: () => void,
    private readonly patience: number,
  ) {}

  /** They have changed. */
  refresh(): void {
    for (const uri of this.shown()) this.due.add(uri);
    this.ask();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.remind(), this.patience);
  }

  /** Those of a plan have been asked for. */
  asked(uri: string): void {
    this.due.delete(uri);
  }

  /** Once is enough: a text loses the keyboard only if it has it. */
  private remind(): void {
    if (this.shown().some((uri) => this.due.has(uri))) this.ask();
    this.due.clear();
  }
}
