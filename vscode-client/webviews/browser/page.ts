/** A view in a page of its own, in Chromium: what it is told is given, what it says is noted. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, expect } from "vitest";
import type { FromView, ToView } from "../../src/views/messages";
import { sheet } from "./themes";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
// Nothing but this machine can be reached: a view that tries to is found out.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-sync",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-dev-shm-usage",
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

const POLICY = "default-src 'none'; script-src 'nonce-test'; style-src 'self'; img-src 'self' data: blob:";

/** A server of one view's page. */
export interface Site {
  readonly url: string;
  close(): void;
}

/** Serve a view as the extension does: the same page under the same policy, in a theme. */
export async function serve(view: "graph" | "results", theme = ""): Promise<Site> {
  const built = await build({
    entryPoints: [fileURLToPath(new URL(`../${view}/main.ts`, import.meta.url))],
    outdir: "/",
    entryNames: view,
    bundle: true,
    format: "iife",
    target: "es2022",
    write: false,
  });
  const files = new Map(built.outputFiles.map(({ path, text }) => [path, text]));
  files.set("/vscode.css", theme).set("/", page(view)).set("/favicon.ico", "");
  const server = createServer(({ url = "" }, response) => {
    const kind = url.endsWith(".js") ? "text/javascript" : url.endsWith(".css") ? "text/css" : "text/html";
    response.writeHead(files.has(url) ? 200 : 404, { "content-type": `${kind}; charset=utf-8` });
    response.end(files.get(url));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

function page(view: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${view}</title>
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<link rel="stylesheet" href="/vscode.css"><link rel="stylesheet" href="/${view}.css"></head>
<body data-view="${view}"><main id="root"></main><script nonce="test" src="/${view}.js"></script></body></html>`;
}

/** A page with a view in it, and all that went wrong there. */
export interface Opened {
  readonly page: Page;
  readonly troubles: string[];
}

/** Open a page for views; the extension's side of it notes what a view posts. */
export async function open(browser: Browser, width = 1100): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width, height: 700 } });
  const troubles: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") troubles.push(message.text());
  });
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("request", (request) => {
    if (!/^(http:\/\/127\.0\.0\.1|file:|data:)/.test(request.url())) troubles.push(request.url());
  });
  await page.addInitScript(() => {
    const posted: unknown[] = [];
    const api = {
      postMessage: (message: unknown) => posted.push(message),
      getState: () => (window as unknown as { kept: unknown }).kept,
      setState: (kept: unknown) => Object.assign(window, { kept }),
    };
    Object.assign(window, { posted, acquireVsCodeApi: () => api });
  });
  return { page, troubles };
}

/** A page for the tests of a file, and where the view is; none of them may leave trouble there. */
export async function onAPage(
  view: "graph" | "results",
): Promise<{ readonly browser: Browser; readonly page: Page; readonly url: string }> {
  const [browser, site] = await Promise.all([launch(), serve(view, sheet("dark"))]);
  const { page, troubles } = await open(browser);
  afterEach(() => {
    expect(troubles.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    site.close();
  });
  return { browser, page, url: site.url };
}

/** Tell the view something, as the extension does, and see it shown. */
export async function tell(page: Page, ...messages: readonly ToView[]): Promise<void> {
  await page.evaluate(async (all) => {
    for (const data of all) window.dispatchEvent(new MessageEvent("message", { data }));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
  }, messages);
}

/** What the view has said of a kind. */
export async function posted<T extends FromView["type"]>(
  page: Page,
  type: T,
): Promise<Extract<FromView, { type: T }>[]> {
  const all = await page.evaluate(() => (window as unknown as { posted: FromView[] }).posted);
  return all.filter((message): message is Extract<FromView, { type: T }> => message.type === type);
}
