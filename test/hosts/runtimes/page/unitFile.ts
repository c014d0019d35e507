// One file of unit tests, loaded as it was compiled.
import { runTests } from "../standIns/nodeTest.js";
import { answerAsFrame } from "./frame.js";

await answerAsFrame(async (path) => {
  await import(`/${path}`);
  return runTests();
});
