// Runs in a Web Worker, bundled.
import "../portable.test.js";
import { runTests } from "../standIns/nodeTest.js";

postMessage(await runTests());
