// SWC's helpers are external, and what imports them is turned to a door.
import { redirectHelpers } from "wasyncio/async/swc";

const options = {
  swcrc: false,
  jsc: {
    parser: { syntax: "typescript", explicitResourceManagement: true },
    target: "es2016",
    externalHelpers: true,
  },
  module: { type: "es6" },
};

/** `transform` is that of @swc/core. */
export async function compile(transform, source) {
  const { code } = await transform(source, options);
  return redirectHelpers(code, "lazy");
}
