/** When to start a server again that ended by itself. */
export class Restarts {
  private readonly crashes: number[] = [];

  /**
   * @param delays Milliseconds to wait after the first crash, the second, and so on; after as many
   *   crashes as there are delays it is left alone.
   * @param memory Milliseconds after which a crash is forgotten.
   */
  constructor(
    private readonly delays: readonly number[] = [200, 1_000, 3_000, 10_000],
    private readonly memory = 180_000,
  ) {}

  /** Note a crash; the milliseconds to wait before the next start, or null: do not start again. */
  crashed(now: number): number | null {
    while (this.crashes[0] !== undefined && now - this.crashes[0] > this.memory) this.crashes.shift();
    this.crashes.push(now);
    return this.delays[this.crashes.length - 1] ?? null;
  }

  /** Forget all crashes: somebody asked for a start. */
  reset(): void {
    this.crashes.length = 0;
  }
}
