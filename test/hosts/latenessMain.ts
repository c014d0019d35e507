// `npm run lateness`: prints how late an interval of the host fires beside tasks that never wait.
import { describeLateness, measureUnderLoad, TASKS } from "./lateness.js";

const ROUNDS = 3;

console.log(`${TASKS} tasks that never wait, and setInterval(…, 50):`);
for (let round = 1; round <= ROUNDS; round++) {
  console.log(`round ${round}: ${describeLateness(await measureUnderLoad())} late`);
}
