/** The error classes of the program itself; every other kind is a class of the library. */
export const USER_KINDS: readonly string[] = ["ErrA", "ErrB"];

/** What an error can be made of or canonicalised to. */
export const ERROR_KINDS: readonly string[] = [
  ...USER_KINDS,
  "CancelledError",
  "TimeoutError",
  "InvalidStateError",
  "QueueEmpty",
  "QueueFull",
  "QueueShutDown",
  "BrokenBarrierError",
  "RuntimeError",
  "ValueError",
  "TypeError",
  "ExceptionGroup",
];

/** Names that a handler may give besides a kind: every kind but CancelledError, and every kind. */
export const CATCH_ALL: readonly string[] = ["Exception", "BaseException"];
