/**
 * What the core's structures hold, as rows of records of PICTURE_WORDS numbers (assembly/pictures.ts says which). The
 * debug core draws them itself; of any other they are read from linear memory.
 */
export interface Pictures {
  /** What is ready, oldest first: slot, tag, kind, generation. */
  ringPicture(): ArrayLike<number>;
  /** The timers as they lie in the heap: slot, deadline, sequence, generation. */
  heapPicture(): ArrayLike<number>;
  /** The slots that are not free: slot, kind, observed, generation. */
  slotPicture(): ArrayLike<number>;
  /** Who waits for a Future or Task, first come first: slot, tag, kind, generation. */
  waiterPicture(slot: number): ArrayLike<number>;
  /** Separated by spaces. */
  counterNames(): string;
  counterValues(): ArrayLike<number>;
}

/** What assembly/inspect.ts exports, as as-bind binds it. An array is a view: it is valid until the next call. */
export interface Inspector extends Pictures {
  /** The first invariant that does not hold, by id and in words. */
  invariantReport(): string;
}
