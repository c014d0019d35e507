// Moves the fragments of changes/ into CHANGELOG.md, as the section of the version in package.json.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const KINDS = { breaking: "Breaking", feature: "New", speed: "Faster", fix: "Fixed" };

const fragments = readdirSync(join(root, "changes")).filter((name) => name !== "README.md");
const unknown = fragments.filter((name) => !(kindOf(name) in KINDS));
if (unknown.length > 0) throw new Error(`not SLUG.KIND.md with a known kind: ${unknown.join(", ")}`);
if (fragments.length === 0) throw new Error("changes/ holds no fragment");

function kindOf(name) {
  return /^[\w-]+\.(\w+)\.md$/.exec(name)?.[1] ?? "";
}

function section([kind, title]) {
  const items = fragments
    .filter((name) => kindOf(name) === kind)
    .sort()
    .map((name) =>
      readFileSync(join(root, "changes", name), "utf8")
        .trim()
        .replaceAll("\n", "\n  "),
    );
  return items.length === 0 ? [] : [`### ${title}`, items.map((item) => `- ${item}`).join("\n")];
}

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const path = join(root, "CHANGELOG.md");
const [head, ...older] = readFileSync(path, "utf8")
  .trim()
  .split(/\n(?=## )/);
const release = [`## ${version}`, ...Object.entries(KINDS).flatMap(section)].join("\n\n");
writeFileSync(path, `${[head.trim(), release, ...older.map((part) => part.trim())].join("\n\n")}\n`);
for (const name of fragments) rmSync(join(root, "changes", name));
