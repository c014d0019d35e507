import { RECORDED } from "../callGraphs/recorded.js";
import { recordCallGraphs } from "./callGraphs.js";
import { writeJsonl } from "./jsonl.js";

/*
 * recordCallGraphs.js
 *
 * Records the call graphs of the programs in python/call_graph_*.py anew, into callGraphs/recorded.jsonl.
 */

const recorded = await recordCallGraphs();
writeJsonl(RECORDED, recorded);
console.log(`${recorded.length} programs recorded`);
