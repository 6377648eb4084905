import { crc32 } from "node:zlib";

/** A picture of an animation. */
export interface Frame {
  /** Where it is put over what there was before, in pixels. */
  readonly x: number;
  readonly y: number;
  /** All of them are of the same kind: as many bits a channel, the same channels. */
  readonly png: Buffer;
  readonly seconds: number;
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");

/**
 * An animated PNG, which browsers show like any picture, and other programs as its first frame.
 * See https://www.w3.org/TR/png-3/#apng-frame-based-animation.
 */
export function animated(size: { width: number; height: number }, frames: readonly Frame[]): Buffer {
  const first = frames[0] && header(frames[0].png);
  if (first?.width !== size.width || first.height !== size.height) {
    throw new Error("The first frame of an animation is a whole picture.");
  }
  const [head] = chunksOf(frames[0]?.png ?? SIGNATURE);
  let sequence = 0;
  const parts: Buffer[] = [SIGNATURE, chunk("IHDR", head?.data ?? Buffer.alloc(0)), chunk("acTL", words(frames.length, 0))];
  frames.forEach((frame, index) => {
    parts.push(chunk("fcTL", control(frame, sequence++)));
    for (const { data } of chunksOf(frame.png).filter(({ type }) => type === "IDAT")) {
      parts.push(index === 0 ? chunk("IDAT", data) : chunk("fdAT", Buffer.concat([words(sequence++), data])));
    }
  });
  return Buffer.concat([...parts, chunk("IEND", Buffer.alloc(0))]);
}

/** Where a frame is put and for how long: it replaces what is there, and stays. */
function control({ x, y, png, seconds }: Frame, sequence: number): Buffer {
  const { width, height } = header(png);
  const time = Buffer.alloc(4);
  time.writeUInt16BE(Math.round(seconds * 100), 0);
  time.writeUInt16BE(100, 2);
  return Buffer.concat([words(sequence, width, height, x, y), time, Buffer.from([0, 0])]);
}

function header(png: Buffer): { width: number; height: number } {
  const [head] = chunksOf(png);
  if (head?.type !== "IHDR") throw new Error("This is no PNG.");
  return { width: head.data.readUInt32BE(0), height: head.data.readUInt32BE(4) };
}

function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString("latin1", at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([words(data.length), body, words(crc32(body))]);
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeUInt32BE(value, 4 * index));
  return bytes;
}
