import { expect, test } from "vitest";
import { Editor } from "./editor";
import { answer, serveModel } from "./model";

const SAMPLE = "vscode-client/sample";

/** The function that fails in the sample, with another last line. */
function best(expression: string): string {
  return `def best(by_product: dict[str, float]) -> str:
    """The product that brought in most. Run it, then look at its quick fix."""
    return ${expression}
`;
}

const SORTED = answer("the last of them in order", best("sorted(by_product, key=by_product.get)[-1]"));
const LAMBDA = answer("a function that looks it up", best("max(by_product, key=lambda each: by_product[each])"));
const WRONG = answer("another name", best("max(by_product, key=by_product.gets)"));

test("alternatives of a model are tried, those that work are shown, and one of them is taken", async () => {
  await using model = await serveModel([SORTED, LAMBDA, WRONG]);
  const settings = { "codeact.model": "openai/local", "codeact.modelBaseUrl": model.address };
  const variables = { OPENAI_API_KEY: "sk-none" };
  await Editor.journey("alternatives", { example: SAMPLE, settings, variables }, async (editor) => {
    const { workbench, page } = editor;
    await workbench.open("sample.plan.py");
    await workbench.run();
    await workbench.squiggles.first().waitFor();
    await workbench.caret(24, 43);
    await workbench.mend("Show alternatives of the model");
    // They show themselves.
    await workbench.fixes.filter({ hasText: "Take the model's answer: the last of them in order: runs" }).waitFor();
    await workbench.fixes.filter({ hasText: "Take the model's answer: a function that looks it up: runs" }).waitFor();
    expect(await workbench.fixes.filter({ hasText: "another name" }).count()).toBe(0);
    expect(model.keys).toHaveLength(3);
    await editor.picture("alternatives");
    // What it would change is looked at first.
    await workbench.choosing("a function that looks it up", "Control+Enter");
    const preview = page.locator(".bulk-edit-panel");
    await preview.locator(".monaco-list-row", { hasText: "sample.plan.py" }).first().waitFor();
    await preview.locator(".monaco-list-row", { hasText: /by_product.gettlambda.each/ }).first().waitFor();
    await editor.picture("preview");
    await preview.getByText("Apply", { exact: true }).click();
    await workbench.lines.filter({ hasText: /key=lambda.each/ }).waitFor();
    await workbench.caret(1, 1);
    await workbench.run();
    await workbench.known(/✓ .* · str/).waitFor();
    await expect.poll(() => workbench.squiggles.count()).toBe(0);
  });
});
