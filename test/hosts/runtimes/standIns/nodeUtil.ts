// In the place of `node:util`, where there is none.
export { isDeepStrictEqual } from "./equality.js";
