import { wasyncioAsync } from "wasyncio/async/vite";

// Vite asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default {
  plugins: [wasyncioAsync({ door: "lazy" })],
};
