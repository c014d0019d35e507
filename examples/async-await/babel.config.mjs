import { wasyncioAsync } from "wasyncio/async/babel";

// Babel asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default {
  presets: [[wasyncioAsync, { door: "lazy" }], "@babel/preset-typescript"],
};
