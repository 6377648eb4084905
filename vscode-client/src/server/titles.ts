import type { CodeLens, Command } from "vscode";

/** Answers what a lens says that the server gave without; undefined if it does not. */
export type Resolve = (lens: CodeLens) => PromiseLike<CodeLens | undefined>;

/**
 * Gives lenses what they say from the start. VS Code would ask for it once they can be seen, and take what comes
 * late for their successors' as well: those then lead to commands that it has forgotten, until lenses are asked
 * for anew.
 */
export class Titles {
  /** By plan: what came too late, and is for those that are asked for next. */
  private readonly late = new Map<string, Command>();

  /**
   * @param run What a lens leads to until it is known what it says.
   * @param ask Has the editor ask for lenses anew.
   * @param patience Milliseconds that all lenses of a plan wait for what one of them says.
   */
  constructor(
    private readonly run: (uri: string) => Command,
    private readonly ask: () => void,
    private readonly patience: number,
  ) {}

  /** The same lenses of a plan, each with what it says. */
  whole(uri: string, lenses: readonly CodeLens[], resolve: Resolve): Promise<CodeLens[]> {
    const late = this.late.get(uri);
    this.late.delete(uri);
    const told = async (lens: CodeLens): Promise<CodeLens> => {
      lens.command = late ?? (await this.soon(uri, lens, resolve)) ?? this.run(uri);
      return lens;
    };
    return Promise.all(lenses.map((lens) => (lens.command ? lens : told(lens))));
  }

  /** What it says, if that is known in time; else it is asked for once more when it is. */
  private soon(uri: string, lens: CodeLens, resolve: Resolve): Promise<Command | undefined> {
    return new Promise((settle) => {
      let inTime = true;
      const timer = setTimeout(() => {
        inTime = false;
        settle(undefined);
      }, this.patience);
      const told = (command: Command | undefined): void => {
        clearTimeout(timer);
        settle(command);
        if (inTime || !command) return;
        this.late.set(uri, command);
        this.ask();
      };
      resolve(lens).then(
        (resolved) => {
          told(resolved?.command);
        },
        () => {
          told(undefined);
        },
      );
    });
  }
}
