// The programs of `npm start` that need nothing of Node: each has to come to its end and to print something.
import { emptyResult } from "../result.js";
import { describe } from "../standIns/nodeTest.js";
import { runPage } from "./send.js";

/** A file exports its program. */
type Program = Readonly<Record<string, () => Promise<void>>>;

await runPage(async () => {
  const paths = (await (await fetch("/tour.json")).json()) as string[];
  const result = emptyResult();
  const { log } = console;
  for (const path of paths) {
    let lines = 0;
    console.log = () => void lines++;
    try {
      const [program] = Object.values((await import(`/${path}`)) as Program);
      await program!();
      if (lines === 0) throw new Error("it printed nothing");
      result.passed++;
    } catch (error) {
      result.failed++;
      result.notes.push(`FAILED ${path}: ${describe(error)}`);
    }
  }
  console.log = log;
  return result;
});
