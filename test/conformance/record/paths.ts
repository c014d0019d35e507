import { fileURLToPath } from "node:url";

/** The recorder's folder in the source tree; its Python files and its manifest are not copied to dist/. */
export const SOURCE_FOLDER = fileURLToPath(new URL("../../../../test/conformance/record/", import.meta.url));
