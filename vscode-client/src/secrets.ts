import * as vscode from "vscode";

const PREFIX = "codeact.key.";

/**
 * Keys of model providers, in the editor's own store for secrets. The server asks for one when it
 * needs it; none is ever in settings, in the log or in what begins a session.
 */
export class Keys {
  private readonly given = new Set<string>();

  constructor(private readonly secrets: vscode.SecretStorage) {}

  /** The key for a model such as `openai/gpt-5`; null without one. */
  async of(model: string): Promise<string | null> {
    const key = await this.secrets.get(PREFIX + providerOf(model));
    if (key) this.given.add(key);
    return key ?? null;
  }

  /** A text without the keys that were given out: a trace tells all that is said to the server. */
  masked(text: string): string {
    return [...this.given].reduce((rest, key) => rest.replaceAll(key, "•••"), text);
  }

  /** Ask for a key, and keep it. */
  async set(): Promise<void> {
    const provider = await askForProvider();
    if (!provider) return;
    const key = await vscode.window.showInputBox({
      title: `API key for ${provider}`,
      prompt: "It is kept in the editor's store for secrets, and given to the server alone.",
      password: true,
      ignoreFocusOut: true,
    });
    if (key) await this.secrets.store(PREFIX + provider, key.trim());
  }

  /** Forget a key. */
  async clear(): Promise<void> {
    const provider = await askForProvider();
    if (provider) await this.secrets.delete(PREFIX + provider);
  }
}

/** The provider in the name of a model: what stands before the first slash. */
function providerOf(model: string): string {
  const [provider = ""] = model.split("/", 1);
  return provider.toLowerCase();
}

async function askForProvider(): Promise<string | undefined> {
  const provider = await vscode.window.showInputBox({
    title: "Provider",
    prompt: "As in the name of the model, before the slash",
    value: "openai",
    validateInput: (text) => (/^[\w.-]+$/.test(text) ? null : "Letters, digits, dots and hyphens"),
  });
  return provider?.toLowerCase();
}
