import { HELPERS, specifierOf, type Door } from "./helperNames.js";

// The part of Babel that is used here, so that the package needs none of its types.
interface Babel {
  readonly types: {
    identifier(name: string): Node;
    stringLiteral(value: string): Node;
    importSpecifier(local: Node, imported: Node): Node;
    importDeclaration(specifiers: Node[], source: Node): Node;
    cloneNode(node: Node): Node;
    callExpression(callee: Node, args: Node[]): Node;
    yieldExpression(argument: Node): Node;
  };
}

interface Node {
  readonly type: string;
}

type HelperGenerator = (name: string) => Node | null | undefined;

interface BabelFile {
  get(key: "helperGenerator"): HelperGenerator | undefined;
  set(key: "helperGenerator", generate: HelperGenerator): void;
  readonly scope: { generateUidIdentifier(name: string): Node };
  readonly path: {
    readonly node: { readonly sourceType?: string };
    unshiftContainer(key: "body", node: Node): unknown;
  };
}

interface AwaitPath {
  readonly node: { readonly argument: Node };
  getFunctionParent(): { readonly node: { readonly async?: boolean; readonly generator?: boolean } } | null;
  replaceWith(node: Node): void;
}

export interface BabelPlugin {
  readonly name: string;
  pre(file: BabelFile): void;
  readonly visitor: { AwaitExpression(path: AwaitPath, state: { addHelper(name: string): Node }): void };
}

export interface PresetOptions {
  /** Default "lazy". */
  readonly door?: Door;
}

/** Babel asks for each helper here, before it would write its own into the file. */
function helpersFromDoor({ types: t }: Babel, { door = "lazy" }: PresetOptions): BabelPlugin {
  const specifier = specifierOf(door);
  return {
    name: `wasyncio-async-${door}`,
    pre(file) {
      const otherwise = file.get("helperGenerator");
      const imported = new Map<string, Node>();
      const importHelper = (name: string): Node => {
        if (file.path.node.sourceType !== "module") {
          throw new Error("async functions can be compiled onto wasyncio in ES modules only; set sourceType to module");
        }
        const local = file.scope.generateUidIdentifier(name);
        const declaration = t.importDeclaration(
          [t.importSpecifier(local, t.identifier(name))],
          t.stringLiteral(specifier),
        );
        file.path.unshiftContainer("body", declaration);
        imported.set(name, local);
        return local;
      };
      file.set("helperGenerator", (name) =>
        HELPERS.includes(name) ? t.cloneNode(imported.get(name) ?? importHelper(name)) : otherwise?.(name),
      );
    },
    visitor: {
      // The await that `await using` brings into an async generator is written after Babel has lowered that generator's
      // own ones, and is left over.
      AwaitExpression(path, state) {
        const { async, generator } = path.getFunctionParent()?.node ?? {};
        if (generator !== true || async === true) return;
        const awaited = t.callExpression(state.addHelper("awaitAsyncGenerator"), [path.node.argument]);
        path.replaceWith(t.yieldExpression(awaited));
      },
    },
  };
}

/**
 * A Babel preset that lowers `async` functions, async generators, `for await` and `await using`, with the helpers of
 * `wasyncio/async/lazy` or `/eager`. The three plugins are Babel's own and have to be installed. Use it for the
 * application's own sources, not for `node_modules`.
 */
export function wasyncioAsync(_babel: unknown, options: PresetOptions = {}): { readonly plugins: readonly unknown[] } {
  specifierOf(options.door ?? "lazy");
  return {
    plugins: [
      "@babel/plugin-transform-explicit-resource-management",
      "@babel/plugin-transform-async-generator-functions",
      "@babel/plugin-transform-async-to-generator",
      [helpersFromDoor, options],
    ],
  };
}
