// What tsc has emitted, with imports as constants (docs/decisions/013-imports.md).
//
// An imported name is a cell that V8 reads at every use, with a check that it is set and another of what it holds: six
// instructions for a function or a number that never changes. A literal and a module's own constant are part of the
// compiled code. So exported numbers become literals, and for the names of HOT
//
//   import { pop } from "./frames.js";         import { pop as pop$ } from "./frames.js"; const pop = pop$;
//   export function step() {}           and    function step() {} const step$ = step; export { step$ as step };
//
// stand for each other. That is safe since imports are never circular (test/guards/layers.test.ts) and names exported with
// `let` stay as they are. Lines keep their numbers, as the source maps expect.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** What is used for each step, call, callback or timer; others would only make bundles larger. */
const HOT = new Set(
  [
    // Tokens and records.
    "CALL CONTINUE DONE SUSPEND SUSPENDED UNCLAIMED debugLoops lowered running thread",
    // Classes.
    "Context Coroutine DoneCallback Future Get Guard Handle Operation Put Task TimerHandle Waiter",
    // Functions.
    "addWaiter adoptDeferred areShapesKept asFrame awaitYielded checkCallback checkMilliseconds",
    "copyBindings currentWaiter defer findLoop frameOf getRunningLoop isFreshGenerator isObject",
    "isPromiseLike mayDefer newNumber nextWaiter passAtOnce pop registerDeferred registerWaiting",
    "releaseWaiters resume resumeGenerator runFrames runLowered spent startCall takeThrown",
    "throwIntoGenerator tryAwait",
  ].flatMap((names) => names.split(" ")),
);

const IMPORT = /^import \{ ([^}]+) \} from "(\.[^"]+)";$/;
const IMPORT_IN_ANOTHER_FORM = /^import (?:\{.*from "\.|\{[^}]*$|\w)/;
const EXPORT = /^export (?=(?:function\*?|class|const) (\w+))/;
const DECLARED = /^(?:export )?const \w+/;
const NUMBER = /(?<![\w.$])[A-Z][A-Z\d_]+\b(?!\$)/g;

/** Of a file that tsc has not emitted. */
const FOREIGN = { assigned: new Set(), numbers: new Map() };

/** Rewrites the files, which import each other. */
export async function foldImports(files) {
  const exportsOf = new Map();
  for (const file of files) exportsOf.set(file, await readExports(file));
  const unknown = new Set(HOT);
  for (const { names } of exportsOf.values()) for (const name of names) unknown.delete(name);
  if (unknown.size > 0) throw new Error(`scripts/foldImports.mjs names what no module exports: ${[...unknown].join()}`);
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    writeFileSync(
      file,
      fold(text, exportsOf.get(file).numbers, (from) => exportsOf.get(resolve(dirname(file), from)) ?? FOREIGN),
    );
  }
}

/** The names that a module exports, those that it may assign again, and the numbers among its constants. */
async function readExports(file) {
  const declared = [...readFileSync(file, "utf8").matchAll(/^export (\w+\*?) (\w+)/gm)];
  const namesOf = (kind) => declared.filter(([, each]) => each === kind).map(([, , name]) => name);
  const constants = namesOf("const").filter((name) => /^[A-Z][A-Z\d_]+$/.test(name));
  const module = constants.length > 0 ? await import(pathToFileURL(file).href) : {};
  const numbers = constants.map((name) => [name, module[name]]).filter(([, value]) => Number.isInteger(value));
  return { names: declared.map(([, , name]) => name), assigned: new Set(namesOf("let")), numbers: new Map(numbers) };
}

function fold(text, ownNumbers, exportsOf) {
  const literals = new Map(ownNumbers);
  const constants = [];
  const exported = [];
  const lines = text.split("\n").map((line) => {
    const [, names, from] = IMPORT.exec(line) ?? [];
    if (names !== undefined) return foldImport(names, from, exportsOf(from), literals, constants);
    if (IMPORT_IN_ANOTHER_FORM.test(line)) throw new Error(`an import in another form than expected: ${line}`);
    const [, name] = EXPORT.exec(line) ?? [];
    if (!HOT.has(name)) return line;
    exported.push(name);
    return line.replace(EXPORT, "");
  });
  const lastImport = lines.findLastIndex((line) => line.startsWith("import "));
  if (lastImport >= 0) lines[lastImport] += constants.join("");
  if (exported.length > 0) {
    const end = lines.findLastIndex((line) => line !== "" && !line.startsWith("//# "));
    lines[end] += exported.map((name) => ` const ${name}$ = ${name};`).join("");
    lines[end] += ` export { ${exported.map((name) => `${name}$ as ${name}`).join(", ")} };`;
  }
  return lines
    .map((line) => {
      const [declared = ""] = DECLARED.exec(line) ?? [];
      return declared + line.slice(declared.length).replaceAll(NUMBER, (name) => literals.get(name) ?? name);
    })
    .join("\n");
}

function foldImport(names, from, { assigned, numbers }, literals, constants) {
  const kept = [];
  for (const specifier of names.split(/, ?/).filter((name) => name !== "")) {
    const [imported, local = imported] = specifier.split(" as ");
    if (numbers.has(imported)) {
      literals.set(local, `${numbers.get(imported)}`);
    } else if (assigned.has(imported) || !HOT.has(imported)) {
      kept.push(specifier);
    } else {
      kept.push(`${imported} as ${local}$`);
      constants.push(` const ${local} = ${local}$;`);
    }
  }
  // Without names it still says what the file stands on.
  return kept.length > 0 ? `import { ${kept.join(", ")} } from "${from}";` : `import "${from}";`;
}
