// `wasyncio/async/vite`: named re-exports only.
export { wasyncioAsync, type PluginOptions, type VitePlugin } from "./tools/vitePlugin.js";
