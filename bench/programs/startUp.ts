// From the start of the process to the end of a first task.
import { run } from "wasyncio";

await run(function* () {
  yield;
});
console.log(performance.now());
