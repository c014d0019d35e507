// The helpers of Babel, OXC and SWC that the doors replace. These files run in a compiler, and load nothing of the loop.

/** Where the helpers come from: bodies that start when awaited, or at the call. */
export type Door = "lazy" | "eager";

/** By the names of Babel and OXC, which the doors export. */
export const HELPERS: readonly string[] = [
  "asyncToGenerator",
  "wrapAsyncGenerator",
  "awaitAsyncGenerator",
  "asyncGeneratorDelegate",
  "asyncIterator",
  "usingCtx",
];

/** The door's export for each of SWC's names; two are named after TypeScript's, whose calls they repeat. */
const OF_SWC: Readonly<Record<string, string>> = {
  _async_to_generator: "asyncToGenerator",
  _wrap_async_generator: "wrapAsyncGenerator",
  _await_async_generator: "awaitAsyncGenerator",
  _async_generator_delegate: "asyncGeneratorDelegate",
  _async_iterator: "asyncIterator",
  _using_ctx: "usingCtx",
  _ts_add_disposable_resource: "__addDisposableResource",
  _ts_dispose_resources: "__disposeResources",
};

/** The door's export that stands for a compiler's helper; `undefined` for one that stays the compiler's own. */
export function exportFor(helper: string): string | undefined {
  return HELPERS.includes(helper) ? helper : OF_SWC[helper];
}

/** The specifier of a door. TypeError unless `door` is one. */
export function specifierOf(door: Door): string {
  if (door === "lazy" || door === "eager") return `wasyncio/async/${door}`;
  throw new TypeError(`the door should be "lazy" or "eager", got ${JSON.stringify(door)}`);
}
