import { type ChildProcess, spawn } from "node:child_process";

/** What a program printed, and how it ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a program. */
export interface Running {
  /** The folder to run it in: never one of the user's, since Python would import from it. */
  readonly cwd: string;
  /** Milliseconds after which it is ended; none if it may take as long as it takes. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  /** Is told each line as it is printed. */
  readonly line?: (line: string) => void;
}

/**
 * Run a program to its end.
 *
 * @throws Error if it cannot be started, or is ended by the signal or the timeout.
 */
export function run(command: string, args: readonly string[], how: Running): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: how.cwd,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
      ...(how.signal && { signal: how.signal }),
    });
    const late = how.timeout && setTimeout(() => child.kill("SIGKILL"), how.timeout);
    const output = collect(child, how.line);
    child.once("error", reject);
    child.once("close", (status, signal) => {
      if (late) clearTimeout(late);
      if (signal) reject(new Error(`${command} was ended by ${signal}`));
      else resolve({ status, ...output });
    });
  });
}

/** Gather what a process prints, and tell of each line. */
function collect(child: ChildProcess, line?: (line: string) => void): { stdout: string; stderr: string } {
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    let rest = "";
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
      if (!line) return;
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? "";
      lines.forEach(line);
    });
    child[name]?.once("end", () => rest && line?.(rest));
  }
  return output;
}
