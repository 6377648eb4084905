import type { Probe } from "./find";
import { run } from "./processes";

const SCRIPT = `
import json, sys
from importlib import metadata
try: server = metadata.version("codeact-lsp")
except metadata.PackageNotFoundError: server = None
print(json.dumps({"python": sys.version_info[:3], "server": server}))
`;
// A Python that is read from a slow disk, on a machine with much to do, does work.
const PATIENCE = 30_000;

/**
 * Ask a Python for its version, and for that of the server in it. None of its packages is loaded.
 *
 * @param folder An empty folder to ask it in.
 */
export async function probe(path: string, folder: string): Promise<Probe | null> {
  try {
    const { stdout } = await run(path, ["-c", SCRIPT], { cwd: folder, timeout: PATIENCE });
    return read(JSON.parse(stdout));
  } catch {
    return null; // It is not there, is no Python, or says nothing that can be used.
  }
}

function read(said: unknown): Probe | null {
  if (typeof said !== "object" || said === null || !("python" in said) || !("server" in said)) return null;
  const { python, server } = said;
  if (!Array.isArray(python) || !python.every((part) => typeof part === "number")) return null;
  return { python, server: typeof server === "string" ? server : null };
}
