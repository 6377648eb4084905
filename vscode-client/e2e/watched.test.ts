import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { BROWSER, CHROMIUM } from "./browser";
import { noted, watch, watching } from "./watched";

/** Nothing answers under such a name, and under an address of documents. */
const [NAME, ADDRESS] = ["codeact.invalid", "192.0.2.1"];
const FILES: Readonly<Record<string, string>> = {
  "/": `<script>
    new Worker("/worker.js");
    navigator.serviceWorker.register("/service.js");
    new WebSocket("ws://${NAME}/page");
  </script><iframe srcdoc="<img src=https://${NAME}/frame>"></iframe>`,
  "/worker.js": `fetch("https://${NAME}/worker").catch(() => {})`,
  "/service.js": `addEventListener("install", (event) => event.waitUntil(fetch("https://${NAME}/service").catch(() => {})))`,
};

test("what a page asks for elsewhere is noted: in frames, in sockets and in workers of both kinds", async () => {
  const server = createServer(({ url = "/" }, response) => {
    response.setHeader("content-type", url.endsWith(".js") ? "text/javascript" : "text/html");
    response.end(FILES[url] ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: BROWSER });
  const page = await browser.newPage();
  const strangers: string[] = [];
  watch(page, strangers);
  await page.goto(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  const wanted = [`https://${NAME}/frame`, `https://${NAME}/service`, `https://${NAME}/worker`, `ws://${NAME}/page`];
  await expect.poll(() => strangers.toSorted()).toEqual(wanted);
  await browser.close();
  server.close();
});

test("what a node and a Python connect to is noted, but for this machine", () => {
  const folder = mkdtempSync(join(tmpdir(), "codeact-watched-"));
  const file = join(folder, "connections.txt");
  const env = { ...process.env, ...watching(file) };
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { env, stdio: "ignore" });
  try {
    const ask = (host: string) => `require("node:net").connect(9, "${host}").on("error", () => {}).setTimeout(1, function () { this.destroy() })`;
    run(process.execPath, "-e", `${ask(ADDRESS)}; ${ask("127.0.0.1")}; fetch("http://${NAME}:8/").catch(() => {})`);
    run("python3", "-c", [
      "import socket",
      `for host in ("127.0.0.1", "${ADDRESS}"):`,
      "    made = socket.socket()",
      "    made.settimeout(0.01)",
      "    made.connect_ex((host, 9))",
    ].join("\n"));
    const { watched, strangers } = noted(file);
    expect([...watched].toSorted()).toEqual(["node", "python"]);
    expect(strangers.toSorted()).toEqual([`node connects ${ADDRESS} 9`, `node connects ${NAME} 8`, `python connects ${ADDRESS} 9`]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
