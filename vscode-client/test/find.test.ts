import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findServer, type Places, type Probe } from "../src/server/find";

const WITH: Probe = { python: [3, 12, 1], server: "0.1.0" };
const WITHOUT: Probe = { python: [3, 12, 1], server: null };
const OLD: Probe = { python: [3, 9, 2], server: "0.1.0" };

function places(probes: Record<string, Probe>, said: Partial<Places> = {}): Places {
  const pythons = Object.keys(probes)
    .filter((path) => path !== said.own)
    .map((path) => ({ path, why: "the selected Python" }));
  return { configured: "", pythons, own: null, probe: (path) => Promise.resolve(probes[path] ?? null), ...said };
}

describe("the server is found", () => {
  test("where the setting says, and nothing else is looked at", async () => {
    const found = await findServer(places({ "/python": WITH }, { configured: "/opt/bin/codeact" }));
    expect(found).toMatchObject({ command: "/opt/bin/codeact", args: ["serve"], isSet: true });
  });

  test("in the user's own folder, which a path may name as a shell does", async () => {
    const found = await findServer(places({}, { configured: "~/env/bin/codeact" }));
    expect(found).toMatchObject({ command: join(homedir(), "env", "bin", "codeact") });
  });

  test.each(["/usr/bin/python3", "/env/bin/python", "python3.12", "python.exe"])(
    "in the Python that the setting names: %s",
    async (configured) => {
      const found = await findServer(places({}, { configured }));
      expect(found).toMatchObject({ command: configured, args: ["-m", "codeact_lsp", "serve"] });
    },
  );

  test("in the first Python that has it", async () => {
    const found = await findServer(places({ "/a": WITHOUT, "/b": WITH, "/c": WITH }));
    expect(found).toMatchObject({ command: "/b", why: "codeact-lsp 0.1.0 in the selected Python", isSet: false });
  });

  test("in the environment that was built for it, where no other Python has it", async () => {
    const found = await findServer(places({ "/a": WITHOUT, "/own": WITH }, { own: "/own" }));
    expect(found).toMatchObject({ command: "/own" });
  });
});

describe("the server is missing", () => {
  test("with what was looked at, and the Python to build an environment with", async () => {
    const missing = await findServer(places({ "/old": OLD, "/new": WITHOUT }));
    expect(missing).toEqual({
      looked: [
        "/old (the selected Python): Python 3.9.2 is too old",
        "/new (the selected Python): Python 3.12.1 without codeact-lsp",
      ],
      builder: "/new",
    });
  });

  test("where a Python does not work", async () => {
    const missing = await findServer({ ...places({}), pythons: [{ path: "/gone", why: "on the PATH" }] });
    expect(missing).toEqual({ looked: ["/gone (on the PATH): it does not work"], builder: null });
  });
});
