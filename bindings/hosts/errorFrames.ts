// What an error keeps alive besides itself. In V8 that is every function and receiver on its stack, until the stack's
// text has been asked for.

interface CapturingError extends ErrorConstructor {
  captureStackTrace(error: object): void;
  stackTraceLimit: number;
}

const isDeno = (globalThis as { Deno?: unknown }).Deno !== undefined;

/** Lets go of everything but the text. */
export function releaseFrames(error: unknown): void {
  try {
    const text = (error as Error | null | undefined)?.stack;
    if (isDeno && error instanceof Error && text !== undefined) replaceFrames(error, text);
  } catch {
    // A getter of the program's own, or a frozen error.
  }
}

/** Deno keeps the frames beside the text that it made of them; those of a new capture, none, take their place. */
function replaceFrames(error: Error, text: string): void {
  const capturing = Error as CapturingError;
  const limit = capturing.stackTraceLimit;
  capturing.stackTraceLimit = 0;
  try {
    capturing.captureStackTrace(error);
    void error.stack;
  } finally {
    capturing.stackTraceLimit = limit;
  }
  error.stack = text;
}
