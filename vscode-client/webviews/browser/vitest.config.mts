import { defineConfig } from "vitest/config";

// One browser at a time: two of them measure and wait for each other.
export default defineConfig({
    test: {
        root: import.meta.dirname,
        include: [process.env["MEASURE"] ? "measure.ts" : "*.spec.ts"],
        fileParallelism: false,
        testTimeout: 60_000,
        hookTimeout: 60_000,
    },
});
