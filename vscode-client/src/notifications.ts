import * as vscode from "vscode";
import { unlinked } from "./unlinked";

/** Tell of something, with buttons; which one was chosen. */
export async function inform(message: string, ...buttons: string[]): Promise<string | undefined> {
  return await vscode.window.showInformationMessage(unlinked(message), ...buttons);
}

/** Warn of something, with buttons; which one was chosen. */
export async function warn(message: string, ...buttons: string[]): Promise<string | undefined> {
  return await vscode.window.showWarningMessage(unlinked(message), ...buttons);
}

/** Tell of an error, with buttons; which one was chosen. */
export async function tellError(message: string, ...buttons: string[]): Promise<string | undefined> {
  return await vscode.window.showErrorMessage(unlinked(message), ...buttons);
}
