/** Does something soon after it was asked for, never twice at once, and again if asked meanwhile. */
export class Throttle {
  private timer: NodeJS.Timeout | undefined;
  private busy = false;
  private again = false;

  /** @param pace Milliseconds from the first request to the deed. */
  constructor(
    private readonly pace: number,
    private readonly deed: () => Promise<void>,
  ) {}

  request(): void {
    if (this.busy) this.again = true;
    else this.timer ??= setTimeout(() => void this.work(), this.pace);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.again = false;
  }

  private async work(): Promise<void> {
    this.timer = undefined;
    this.busy = true;
    try {
      await this.deed();
    } finally {
      this.busy = false;
    }
    if (this.again) {
      this.again = false;
      this.request();
    }
  }
}

/** A throttle for each of several things, such as plans, made when it is asked about first. */
export class Throttles {
  private readonly made = new Map<string, Throttle>();

  /** @param deed Is told which one it is about. */
  constructor(
    private readonly pace: number,
    private readonly deed: (key: string) => Promise<void>,
  ) {}

  request(key: string): void {
    let throttle = this.made.get(key);
    if (!throttle) this.made.set(key, (throttle = new Throttle(this.pace, () => this.deed(key))));
    throttle.request();
  }

  /** What was asked for and has not begun is not done any more. */
  forget(key: string): void {
    this.made.get(key)?.dispose();
    this.made.delete(key);
  }

  dispose(): void {
    for (const throttle of this.made.values()) throttle.dispose();
  }
}
