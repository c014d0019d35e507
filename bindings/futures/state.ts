// A Future's state and a Task's flags share one small integer, so that a step tests all that could matter at once.

export const STATE_MASK = 3;
export const FINISHED = 1;
export const FAILED = 2;
export const CANCELLED = 3;

/** Failed, and nobody has looked at the exception. */
export const UNRETRIEVED = 4;
/** A cancelled task still holds the CancelledError that ended it; the first retrieval takes it. */
export const HAS_CANCEL_ERROR = 8;

/** cancel() was called while the task was not waiting for anything that could be cancelled. */
export const MUST_CANCEL = 16;
/** The coroutine wrote `yield x`: the outcome is sent in instead of being fetched by x's iterator. */
export const SENT = 32;
/** The task's target is a function that has not been called yet. */
export const UNCALLED = 64;
/** Each step runs in stores of AsyncLocalStorage that the task keeps. */
export const PROPAGATES = 1024;
/** What makes a step look before it resumes. */
export const STEP_MASK = MUST_CANCEL | SENT | UNCALLED | PROPAGATES;

/** sleep(0) has given up its turn and is resumed next. */
export const YIELDED = 256;

/** Somebody is to be told when cancel() is called. */
export const WATCHED = 512;

/** In debug mode: where the task waits is noted. A flag, so that a task without it does not ask. */
export const NOTES_PLACES = 2048;

/** cancelling(), in the upper bits. */
export const CANCELLING_ONE = 1 << 16;
export const CANCELLING_SHIFT = 16;
