import * as library from "../../../../bindings/index.js";
import { runCorpus } from "../corpusRun.js";
import { answerAsFrame } from "./frame.js";

// A program that is abandoned in a deadlock may leave promises behind that nobody awaits.
addEventListener("unhandledrejection", (event) => event.preventDefault());

await answerAsFrame(async (query) => {
  const [name = "", from = "", to = ""] = query.split(" ");
  const text = await (await fetch(`/corpus/${name}.jsonl`)).text();
  return runCorpus(text.trimEnd().split("\n").slice(Number(from), Number(to)), library);
});
