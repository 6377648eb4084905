// Checks the types of the extension and its tests, and those of the webviews with the page's types.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const projects = [".", "e2e", "webviews"].filter((folder) => existsSync(`${folder}/tsconfig.json`));
const failed = projects.filter((project) => {
  const { status, error } = spawnSync("tsc", ["--project", project, "--noEmit"], { stdio: "inherit" });
  if (error) console.error(`${error.message}: run it with npm`);
  return status !== 0;
});
process.exit(failed.length);
