// `wasyncio/async/babel`: named re-exports only.
export { wasyncioAsync, type PresetOptions } from "./tools/babelPreset.js";
