/** The browser, which has nothing to say to anybody but this machine. */

export const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

export const BROWSER = [
  "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-quic",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]; // prettier-ignore
