// Prints which runtime this is.
import { runtime, runtimeVersion } from "../../support/runtime.js";

console.log(`${runtime} ${runtimeVersion}`);
