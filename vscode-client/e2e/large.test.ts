import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor } from "./editor";
import { measured } from "./measured";

const SAMPLE = "vscode-client/sample";

/** A plan of so many nodes, each of which needs one or two of those shortly before it. */
function large(nodes: number): string {
  const needs = (index: number): number[] => [index - 1 - (index % 7), index - 1 - (index % 23)].filter((each) => each >= 0);
  const node = (index: number): string => {
    const parameters = [...new Set(needs(index))].map((need) => `step_${String(need)}: int`);
    return `def step_${String(index)}(${parameters.join(", ")}) -> int:\n    return ${String(index)}\n`;
  };
  return Array.from({ length: nodes }, (_, index) => node(index)).join("\n\n");
}

/** The milliseconds that the graph view took to lay out and paint what it shows. */
async function drawn({ workbench }: Editor): Promise<number> {
  const latest = (): Promise<number | undefined> =>
    workbench.inView("body").evaluate(() => performance.getEntriesByName("drawn").at(-1)?.duration);
  await expect.poll(latest).toBeGreaterThan(0);
  return (await latest()) ?? 0;
}

test("a plan of 1,000 nodes is read, checked, drawn, searched and run in part", () =>
  Editor.journey(
    "large",
    { example: SAMPLE, prepare: (folder) => writeFileSync(join(folder, "large.plan.py"), large(1000)) },
    async (editor) => {
      const { workbench, page } = editor;
      await workbench.open("large.plan.py");
      await workbench.lens("Run plan (1000 of 1000 to run)").waitFor();
      await workbench.caret(13, 5);
      await workbench.press("Control+Alt+Enter");
      await workbench.known(/✓ .* · int/).waitFor();
      await page.keyboard.type("(");
      await workbench.squiggles.first().waitFor();
      await workbench.press("Control+z");
      await expect.poll(() => workbench.squiggles.count()).toBe(0);

      await workbench.command("CodeAct: Show Graph");
      await workbench.inView(".unit[aria-expanded]").waitFor();
      measured("1,000 nodes, in groups by themselves, laid out and painted", await drawn(editor), 1_000);
      expect(await workbench.view.locator(".unit").count()).toBeLessThanOrEqual(120);
      await workbench.view.getByRole("button", { name: "Groups" }).click();
      await expect.poll(() => workbench.view.locator(".unit").count()).toBe(1000);
      measured("1,000 nodes, each apart, laid out and painted", await drawn(editor), 1_000);
      await workbench.view.getByRole("searchbox").fill("step_777");
      await workbench.view.locator('.unit[data-unit="step_777"]').dblclick();
      await workbench.focused.waitFor();
      await workbench.status(`Ln ${String(777 * 4 + 1)},`).waitFor();
      await editor.picture("large");
    },
  ));

test("a run of 1,000 nodes is cancelled when it is told to, with the graph beside it", () =>
  Editor.journey(
    "large-cancel",
    { example: SAMPLE, prepare: (folder) => writeFileSync(join(folder, "large.plan.py"), large(1000)) },
    async (editor) => {
      const { workbench } = editor;
      const goesOn = workbench.status(/Plan: \d+\/1000/);
      await workbench.open("large.plan.py");
      await workbench.lens("Run plan (1000 of 1000 to run)").waitFor();
      await workbench.command("CodeAct: Show Graph");
      await workbench.inView(".unit[aria-expanded]").waitFor();
      await workbench.toText();
      await workbench.run();
      await workbench.status(/Plan: [1-9]\d*\/1000/).waitFor();
      await goesOn.locator("a").click();
      await goesOn.waitFor({ state: "detached" });
      await workbench.lens(/Run plan \(\d+ of 1000 to run\)/).waitFor();
      // It ended because it was told to, and not because all had run.
      await workbench.view.getByText(/not run/).first().waitFor();
    },
  ));
