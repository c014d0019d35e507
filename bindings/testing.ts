// `wasyncio/testing`: named re-exports only.
export { VirtualHost } from "./hosts/virtual.js";
export { leakReport, type LeakReport } from "./testkit/leakReport.js";
export { runVirtual } from "./testkit/runVirtual.js";
