// Node has all that an edge runtime offers, so its host is proved here too.
import { edgeHost } from "../../bindings/hosts/edge.js";
import { describeHost } from "./contract.js";

describeHost("edge", edgeHost);
