/** wait() returns when any future is done. */
export const FIRST_COMPLETED = "FIRST_COMPLETED";
/** wait() returns when any future has failed, else when all are done; a cancelled one has not failed. */
export const FIRST_EXCEPTION = "FIRST_EXCEPTION";
/** wait() returns when all futures are done. */
export const ALL_COMPLETED = "ALL_COMPLETED";

export type ReturnWhen = typeof FIRST_COMPLETED | typeof FIRST_EXCEPTION | typeof ALL_COMPLETED;

export function isReturnWhen(value: unknown): value is ReturnWhen {
  return value === FIRST_COMPLETED || value === FIRST_EXCEPTION || value === ALL_COMPLETED;
}
