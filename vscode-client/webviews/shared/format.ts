/** Times, sizes and counts as people say them: in the words of `codeact_lsp/engine`. */

const UNITS = ["bytes", "kB", "MB", "GB", "TB"];
const STEP = 1000;

/** A time: `312 ms`, `4.1 s`. */
export function saidTime(seconds: number): string {
  if (seconds < 1) return `${grouped(Math.round(seconds * 1000))} ms`;
  return `${seconds.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 })} s`;
}

/** A number of bytes in the unit that suits it: `312 bytes`, `1.5 kB`, `200 MB`. */
export function saidSize(bytes: number): string {
  let [power, rest] = [0, bytes];
  while (Math.round(rest) >= STEP && power < UNITS.length - 1) [power, rest] = [power + 1, rest / STEP];
  if (power === 0) return `${grouped(rest)} ${rest === 1 ? "byte" : "bytes"}`;
  const digits = rest < 10 ? 1 : 0;
  return `${rest.toLocaleString("en", { maximumFractionDigits: digits })} ${UNITS[power]}`;
}

/** A number, in groups of three digits. */
export const grouped = (count: number): string => count.toLocaleString("en");

/** A count with its word: `1 node`, `1,204 nodes`. */
export const counted = (count: number, word: string): string =>
  `${grouped(count)} ${word}${count === 1 ? "" : "s"}`;

/** Names in a sentence: `a`, `a and b`, `a, b and 3 more`. */
export function listed(names: readonly string[], most = 6): string {
  if (names.length > most) return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Text cut to so many characters. */
export function capped(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}

/** How many columns text takes in a font of fixed width: East Asian characters take two. */
export function columns(text: string): number {
  let count = 0;
  for (const letter of text) count += COMBINING.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1;
  return count;
}

const COMBINING = /\p{M}/u;
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
