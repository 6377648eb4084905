/** The files of the bundle by their names. */
export function bundle(): Promise<Map<string, string>>;
