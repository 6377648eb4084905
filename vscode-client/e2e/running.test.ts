import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Editor } from "./editor";

const SAMPLE = "vscode-client/sample";
const SLOW = `"""A plan that ends only if it is made to."""

import time


def waits() -> int:
    """Wait.

    Timeout: 600 s
    """
    time.sleep(600)
    return 1


def after(waits: int) -> int:
    """What comes then."""
    return waits
`;

const TIMES = 8;
const FEW_TIMES = 3;

const TOLD = `"""A plan that ends when it is told to."""

import time
from pathlib import Path


def waits() -> int:
    """Wait.

    Cache: off
    """
    while not Path("go.txt").exists():
        time.sleep(0.01)
    return 41
`;

/** Beside the sample there is a plan that ends once there is a file. */
function withTold(folder: string): void {
  writeFileSync(join(folder, "told.plan.py"), TOLD);
}

/** Beside the sample there is a plan that takes ten minutes. */
function withSlow(folder: string): void {
  writeFileSync(join(folder, "slow.plan.py"), SLOW);
}

const WRONG = `def first() -> int:
    """One."""
    return 1


def second(first: int) -> int:
    """Two.

    Timeot: 5 s
    """
    return first + 1
`;

/** Beside the sample there is a plan with an error that Python would not find. */
function withWrong(folder: string): void {
  writeFileSync(join(folder, "wrong.plan.py"), WRONG);
}

test("a plan with an error does not run: that is said in passing, and the text shows the error", () =>
  Editor.journey("refused", { example: SAMPLE, prepare: withWrong }, async (editor) => {
    const { workbench } = editor;
    const refused = workbench.status("The plan has 1 error. The first: There is no section 'Timeot'.");
    await workbench.open("wrong.plan.py");
    await workbench.squiggles.first().waitFor();
    await workbench.run();
    await refused.waitFor();
    await workbench.status("Ln 9,").waitFor();
    expect(await workbench.toasts.count()).toBe(0);
    await workbench.offered("Change to 'Timeout'");
    await workbench.press("Enter");
    await expect.poll(() => workbench.squiggles.count()).toBe(0);
    await workbench.run();
    await workbench.known(/✓ .* · int 2/).waitFor();
  }));

test("a run is seen while it goes on, and is cancelled by the palette and in the status bar", () =>
  Editor.journey("cancel", { example: SAMPLE, prepare: withSlow }, async (editor) => {
    const { workbench } = editor;
    const goesOn = workbench.status(/Plan: 0\/2/);
    await workbench.open("slow.plan.py");
    await workbench.run();
    await workbench.lens("■ Cancel").waitFor();
    await goesOn.waitFor();
    // That is told in one place, also while another plan is looked at.
    await workbench.status("Plan: 0/2 · waits").waitFor();
    expect(await workbench.page.locator(".statusbar-item", { hasText: /Running plan|0\/2/ }).count()).toBe(1);
    await workbench.open("sample.plan.py");
    await workbench.status("slow.plan.py: 0/2 · waits").waitFor();
    await workbench.open("slow.plan.py");
    await goesOn.waitFor();
    await workbench.command("CodeAct: Cancel Run");
    await workbench.lens("■ Cancel").waitFor({ state: "detached" });
    await goesOn.waitFor({ state: "detached" });

    // A click counts also while what it is made on changes, which it does most as a run begins.
    for (let times = 0; times < TIMES; times += 1) {
      await workbench.run();
      await goesOn.waitFor();
      await goesOn.locator("a").click();
      await workbench.status(/Plan: sandbox strict/).waitFor();
    }
    await workbench.lens("■ Cancel").waitFor({ state: "detached" });
    expect(await workbench.squiggles.count()).toBe(0);
  }));

test("the lenses tell that a run has ended also where the text loses the keyboard just then", () =>
  Editor.journey("left", { example: SAMPLE, prepare: withTold }, async (editor) => {
    const { workbench } = editor;
    const end = join(editor.folder, "go.txt");
    await workbench.open("told.plan.py");
    for (let times = 0; times < FEW_TIMES; times += 1) {
      await workbench.run();
      await workbench.lens("■ Cancel").waitFor();
      await workbench.status(/Plan: 0\/1 · waits/).waitFor();
      writeFileSync(end, "");
      await workbench.status(/Plan: sandbox strict/).waitFor();
      await workbench.press("Control+0");
      await workbench.lens("■ Cancel").waitFor({ state: "detached" });
      rmSync(end);
      await workbench.toText();
    }
  }));

test("a new plan is offered beside what is open, gets the ending of plans, and runs", () =>
  Editor.journey("new-plan", { example: SAMPLE }, async (editor) => {
    const { workbench } = editor;
    await workbench.open("sample.plan.py");
    await workbench.lens("Run plan").waitFor();
    await workbench.asks("CodeAct: New Plan");
    await expect.poll(() => workbench.input.inputValue()).toBe(join(editor.folder, "new.plan.py"));
    await workbench.input.fill(join(editor.folder, "sums"));
    await workbench.press("Enter");
    await workbench.tab("sums.plan.py").waitFor();
    await workbench.run();
    await workbench.known(/✓ .* · int 3/).waitFor();
    expect(await workbench.squiggles.count()).toBe(0);
  }));
