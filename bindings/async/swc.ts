// `wasyncio/async/swc`: named re-exports only.
export { redirectHelpers } from "./tools/redirectHelpers.js";
export type { Door } from "./tools/helperNames.js";
