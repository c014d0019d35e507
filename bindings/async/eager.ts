// `wasyncio/async/eager`: named re-exports only.
import "../tasks/createTask.js";
import "../run/loopShutdown.js";

// By the names of TypeScript's lowering.
export { eagerAwaiter as __awaiter } from "./typescript.js";
export { eagerAsyncGenerator as __asyncGenerator } from "./generatorFunction.js";
export { awaitInGenerator as __await } from "./marks.js";
export { delegate as __asyncDelegator } from "./delegation.js";
export { iterateAsync as __asyncValues } from "./iterate.js";
export { addResource as __addDisposableResource, disposeResources as __disposeResources } from "./dispose.js";

// By the names of Babel's, SWC's and OXC's.
export { wrapEagerly as asyncToGenerator } from "./wrapOnce.js";
export { wrapGeneratorEagerly as wrapAsyncGenerator } from "./generatorFunction.js";
export { awaitInGenerator as awaitAsyncGenerator } from "./marks.js";
export { delegate as asyncGeneratorDelegate } from "./delegation.js";
export { iterateAsync as asyncIterator } from "./iterate.js";
export { usingContext as usingCtx } from "./dispose.js";
