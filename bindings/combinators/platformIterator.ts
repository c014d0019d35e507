// Iterators of the platform that cannot be left while an item is on its way: their `return()` queues behind it, which
// for a stream that brings nothing means for ever.

/** The part of a web ReadableStream that is used here. */
interface StreamLike<T> {
  getReader(): {
    read(): Promise<{ value?: T; done: boolean }>;
    cancel(): Promise<void>;
    releaseLock(): void;
  };
  cancel(): Promise<void>;
}

function isWebStream<T>(iterable: object): iterable is StreamLike<T> {
  const { getReader, cancel } = iterable as Partial<StreamLike<T>>;
  return typeof getReader === "function" && typeof cancel === "function";
}

/** Reads a web stream. Unlike the stream's own iterator it can be closed while a read is pending, which that ends. */
class StreamIterator<T> implements AsyncIterator<T, undefined> {
  private readonly reader: ReturnType<StreamLike<T>["getReader"]>;

  constructor(stream: StreamLike<T>) {
    this.reader = stream.getReader();
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    let result: { value?: T; done: boolean };
    try {
      result = await this.reader.read();
    } catch (error) {
      this.reader.releaseLock();
      throw error;
    }
    if (!result.done) return { value: result.value as T, done: false };
    this.reader.releaseLock();
    return { value: undefined, done: true };
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    const closing = this.reader.cancel();
    this.reader.releaseLock();
    await closing;
    return { value: undefined, done: true };
  }
}

/** What goes through `iterable`; web streams are iterable this way also where the host does not make them so. */
export function iteratorOf<T>(iterable: AsyncIterable<T>): AsyncIterator<T> | null {
  if (isWebStream<T>(iterable)) return new StreamIterator<T>(iterable);
  const make = iterable[Symbol.asyncIterator] as (() => AsyncIterator<T>) | undefined;
  return typeof make === "function" ? make.call(iterable) : null;
}

/** An item that is being waited for is wanted no longer: a Node stream has to be destroyed for its iterator to end. */
export function endWaiting(iterable: object): void {
  const { destroy, pipe } = iterable as { destroy?(): unknown; pipe?: unknown };
  if (typeof destroy === "function" && typeof pipe === "function") destroy.call(iterable);
}
