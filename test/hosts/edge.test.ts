// Node has all that an edge runtime offers, so its host is proved here too.
import { EdgeHost } from "../../bindings/hosts/edge.js";
import { describeHost } from "./contract.js";

describeHost("edge", () => new EdgeHost());
