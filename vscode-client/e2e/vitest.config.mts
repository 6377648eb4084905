import { defineConfig } from "vitest/config";
import { Failed } from "./failed.mts";

// One editor at a time: each is a server, an extension host and a browser.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.test.ts"],
    fileParallelism: false,
    reporters: ["default", new Failed()],
    testTimeout: 900_000,
    expect: { poll: { timeout: 90_000 } },
  },
});
