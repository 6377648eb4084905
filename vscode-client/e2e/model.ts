import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A model on this machine, as OpenAI's interface serves it, which says what it was told to. */
export interface ServedModel extends AsyncDisposable {
  readonly address: string;
  /** What each request said of who asks. */
  readonly keys: readonly string[];
}

/** An answer in the form that a model is asked for: a reason, and the whole function. */
export function answer(why: string, code: string): string {
  return `WHY: ${why}\n\`\`\`python\n${code}\`\`\`\n<<END>>`;
}

/**
 * Serve one.
 *
 * @param script What it says, an answer a question; it has nothing to say after that.
 */
export async function serveModel(script: readonly string[] = []): Promise<ServedModel> {
  const keys: string[] = [];
  const server = createServer(async (request, response) => {
    const place = keys.push(request.headers.authorization ?? "") - 1;
    const { stream } = JSON.parse(await textOf(request)) as { stream?: boolean };
    const content = script[place] ?? "I do not know.";
    const said = { id: "1", created: 1, model: "local" };
    if (!stream) {
      const choices = [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }];
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ ...said, object: "chat.completion", choices }));
      return;
    }
    const choices = [{ index: 0, delta: { role: "assistant", content }, finish_reason: "stop" }];
    response.setHeader("content-type", "text/event-stream");
    const chunk = JSON.stringify({ ...said, object: "chat.completion.chunk", choices });
    response.end(`data: ${chunk}\n\ndata: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { address: `http://127.0.0.1:${String(port)}/v1`, keys, [Symbol.asyncDispose]: close };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += String(part);
  return text;
}
