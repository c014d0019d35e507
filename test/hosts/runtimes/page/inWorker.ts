// Runs in a Web Worker, bundled.
import { runTests } from "../standIns/nodeTest.js";

await import("../portable.test.js");
postMessage(await runTests());
