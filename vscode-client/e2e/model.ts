import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A model on this machine, as OpenAI's interface serves it, which has nothing to say. */
export interface ServedModel extends AsyncDisposable {
  readonly address: string;
  /** What each request said of who asks. */
  readonly keys: readonly string[];
}

export async function serveModel(): Promise<ServedModel> {
  const keys: string[] = [];
  const server = createServer(async (request, response) => {
    keys.push(request.headers.authorization ?? "");
    const { stream } = JSON.parse(await textOf(request)) as { stream?: boolean };
    const content = "I do not know.";
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
