/** What a node writes, kept piece by piece: of output without end, the newest. Pure. */

/** Something that a node wrote to one of its streams. */
export interface Written {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

const MOST_TEXT = 200_000; // Characters of a piece.
const MOST_PIECES = 500;

/** What a node has written once more of it is known; what goes on in the same stream is one piece. */
export function withMore(
  written: readonly Written[],
  more: Readonly<Record<string, unknown>>,
): Written[] {
  const stream = more["stream"] === "stderr" ? "stderr" : "stdout";
  const text = typeof more["text"] === "string" ? more["text"] : "";
  const last = written.at(-1);
  const isSame = last?.stream === stream;
  const piece = { stream, text: ((isSame ? last.text : "") + text).slice(-MOST_TEXT) } as const;
  return [...(isSame ? written.slice(0, -1) : written), piece].slice(-MOST_PIECES);
}
