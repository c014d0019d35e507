// What bundles for pages have instead of sigint.ts (the `browser` field of package.json): there, nobody sends signals.
import type { listenForInterrupt as listen } from "./sigint.js";

export const listenForInterrupt: typeof listen = () => null;
