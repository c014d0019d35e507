import { run } from "wasyncio";
import { app } from "./app.js";

// Everything inside of `run` is the loop's. Not awaited: TypeScript allows that at the top level from ES2017 on only.
void run(() => app((line) => console.log(line))).then(() => console.log("done"));
