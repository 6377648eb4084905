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
