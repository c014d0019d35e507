// `wasyncio/async/lazy`: named re-exports only.
export { lazyAwaiter as __awaiter } from "./typescript.js";
export { wrapLazily as asyncToGenerator } from "./wrapOnce.js";
