import { loadavg } from "node:os";

/** Tell a time in the output, beside the one that is aimed at, and how busy the machine is. */
export function measured(what: string, milliseconds: number, aim: number): void {
  const [load = 0] = loadavg();
  const times = `${milliseconds.toFixed(0)} ms (aim: ${String(aim)} ms`;
  console.log(`measured: ${what}: ${times}; load of the machine: ${load.toFixed(1)})`);
}
