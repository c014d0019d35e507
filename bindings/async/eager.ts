// `wasyncio/async/eager`: named re-exports only.
export { eagerAwaiter as __awaiter } from "./typescript.js";
export { wrapEagerly as asyncToGenerator } from "./wrapOnce.js";
