// `wasyncio/async/vite`: named re-exports only.
export { wasyncioAsync, type PluginOptions, type VitePlugin } from "./tools/vitePlugin.js";
export { wasyncioTslib, type TslibPlugin } from "./tools/tslibPlugin.js";
