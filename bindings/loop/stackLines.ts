// Which lines of a stack are frames, and whose.

/** Frames that are looked at. */
const FRAMES_SEEN = 60;

/** Calls `read` while the engine tells more frames than usual. */
export function withDeepStacks<T>(read: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES_SEEN;
  try {
    return read();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** The lines of the stack of this call. */
export function stackLines(): string[] {
  return withDeepStacks(() => new Error().stack ?? "").split("\n");
}

/** A line of a stack that is a frame. */
export const FRAME = /^\s*at |@/;

/**
 * The package's folder as stack traces spell it, read from one: source maps may put it elsewhere than import.meta.url
 * says. In a bundle the package has no files of its own, and no folder.
 */
const OWN_FRAME = /(?:^\s*at |[(@])((?:\w+:|\/).*[\\/])loop[\\/]stackLines\.[jt]s:\d/m;
const ownFolder = OWN_FRAME.exec(new Error().stack ?? "")?.[1];

/** A line of a stack trace that lies in this package. */
export function isOwnFrame(line: string): boolean {
  return ownFolder !== undefined && line.includes(ownFolder);
}

/** A line of a stack that is a frame of the program's own. */
export function isProgramFrame(line: string): boolean {
  return FRAME.test(line) && !isOwnFrame(line) && !isHostFrame(line);
}

/** A frame of the engine or the host. */
export function isHostFrame(line: string): boolean {
  return /[(@](?:<anonymous>|native|\[native code\])\)?$|[( ](?:node|ext):/.test(line);
}
