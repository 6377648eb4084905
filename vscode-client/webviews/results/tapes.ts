/** The tapes of the plan: which there are, and one of them to be gone through step by step. */

import type { Past, Tape, TapeSummary } from "../../src/views/messages";
import { button, html } from "../shared/dom";
import { Player } from "./player";
import type { Answer } from "./questions";
import { factsTable } from "./widgets";

/** What the tapes need of the view that they are in. */
export interface Needs {
  /** Ask the server; the answer is not looked at where it comes too late. */
  readonly ask: (command: string, argument: object, then: (answer: Answer) => void) => void;
  /** Another moment is looked at; null is the present. */
  readonly look: (past: Past | null, node: string | null) => void;
  readonly keepTapes: () => void;
  readonly when: (seconds: number) => string;
}

/** A tape, and a step of it by its number. */
export interface Mark {
  readonly tape: TapeSummary;
  readonly place: number;
}

export class Tapes {
  readonly root = html("div", { class: "tapes" });
  private player: Player | null = null;
  private opened: TapeSummary | null = null;
  private listed: readonly TapeSummary[] | null = null;
  private trouble = "";
  private areKept = false;

  constructor(private readonly needs: Needs) {}

  /** The moment that is looked at. */
  get past(): Past | null {
    return this.player?.past ?? null;
  }

  /** Another plan is shown. */
  forget(): void {
    [this.player, this.listed, this.trouble] = [null, null, ""];
    this.needs.look(null, null);
  }

  /** Whether the user has tapes kept of runs. */
  setKept(areKept: boolean): void {
    if (areKept === this.areKept) return;
    this.areKept = areKept;
    if (this.player === null) this.show();
  }

  /** Ask for the list, unless a tape of it is open. */
  refresh(): void {
    if (this.player !== null) return;
    if (this.listed === null) this.show();
    this.needs.ask("codeact.tapes", {}, ({ result, error }) => {
      const listed = Array.isArray(result) ? (result as readonly TapeSummary[]) : [];
      // Nobody is torn from a list that is as it was.
      if (error === undefined && JSON.stringify(listed) === JSON.stringify(this.listed)) return;
      [this.listed, this.trouble] = [listed, error ?? ""];
      if (this.player === null) this.show();
    });
  }

  /** Where the tape that is open is; null if none is. */
  get mark(): Mark | null {
    return this.player && this.opened ? { tape: this.opened, place: this.player.place } : null;
  }

  /** Open a tape at the step at which it was left. */
  open({ tape, place }: Mark): void {
    this.needs.ask("codeact.tape", { tape: tape.tape }, ({ result, error }) => {
      this.trouble = error ?? "";
      const found = result as Tape | undefined;
      if (found && found.steps.length > 0) this.play(tape, found, place);
      else this.show();
    });
  }

  private play(summary: TapeSummary, tape: Tape, place: number): void {
    const title = `${said(summary)} of ${this.needs.when(summary.at)}`;
    this.opened = summary;
    this.player = new Player(title, tape, {
      look: this.needs.look,
      close: () => this.close(),
    });
    this.show();
    this.player.start(place);
  }

  private close(): void {
    this.player = null;
    this.needs.look(null, null);
    this.show();
    this.refresh();
    this.root.querySelector("button")?.focus();
  }

  private show(): void {
    this.root.replaceChildren(...(this.player ? [this.player.root] : this.list()));
  }

  private list(): Node[] {
    const trouble = this.trouble ? [html("p", { class: "error", role: "alert" }, this.trouble)] : [];
    if (this.listed === null) return [...trouble, html("p", { class: "empty" }, "Looking for tapes …")];
    if (this.listed.length > 0) return [...trouble, this.table(this.listed), ...this.offer()];
    return [...trouble, html("p", { class: "empty" }, "There is no tape of this plan."), ...this.offer()];
  }

  /** Agents always have a tape; of runs the user decides. */
  private offer(): Node[] {
    if (this.areKept) return [html("p", { class: "note" }, "Each run has a tape: see the setting codeact.tape.")];
    const why = "A tape tells all that happened in a run, to be gone through again. Tapes stay on this machine.";
    const keep = button("Keep tapes of runs", this.needs.keepTapes);
    return [html("p", { class: "note" }, why), html("div", { class: "acts" }, keep)];
  }

  private table(tapes: readonly TapeSummary[]): HTMLElement {
    const rows = tapes.map((tape) => {
      const act = button(this.needs.when(tape.at), () => this.open({ tape, place: 0 }));
      return { cells: [act, said(tape), tape.status ?? "no end", tape.verdict] };
    });
    return factsTable(["When", "What", "Status", "What it proves"], rows);
  }
}

const said = ({ command, task }: TapeSummary): string => (task ? `${command}: ${task}` : command);
