import type { Found } from "./find";
import { run } from "./processes";

// What answers at all does so within this, on a machine with much to do too.
const PATIENCE = 30_000;

/**
 * Why what was found does not start as a server: a clause for people, or null if it seems to be one.
 *
 * @param folder An empty folder to ask it in.
 */
export async function diagnosed({ command, args }: Found, folder: string): Promise<string | null> {
  try {
    // A server says its version where it would serve.
    const asked = [...args.slice(0, -1), "--version"];
    const { status, stdout, stderr } = await run(command, asked, { cwd: folder, timeout: PATIENCE });
    if (status !== 0) return stderr.trim().split("\n").at(-1) || `it ended with status ${String(status)}`;
    return stdout.startsWith("codeact ") ? null : "it is another program";
  } catch (error) {
    return unstarted(error);
  }
}

function unstarted(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return "there is no such program";
  return code === "EACCES" ? "it cannot be executed" : String(error);
}
