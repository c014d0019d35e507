// Writes the types of a core's exports into the custom section that as-bind's loader reads: for each function the names
// of its parameter and return types, for each class among them its id. as-bind has a transform of its own, which
// needs a compiler nine minor versions older than ours.
import { ElementKind, SourceKind } from "assemblyscript";

let program;

/** @param {import("assemblyscript").Program} initialized */
export function afterInitialize(initialized) {
  program = initialized;
}

/** The functions that the entry files export; a generic one has no single signature, so there must be none. */
function exportedFunctions() {
  const entries = [...program.filesByName.values()].filter((file) => file.source.sourceKind === SourceKind.UserEntry);
  const elements = entries.flatMap((file) => [...(file.exports ?? new Map())]);
  return elements
    .filter(([, element]) => element.kind === ElementKind.FunctionPrototype)
    .map(([name, prototype]) => [name, prototype.instances.get("").signature]);
}

function typeName(type) {
  return type.getClass()?.internalName ?? type.toString();
}

/** @param {import("assemblyscript").Module} module */
export function afterCompile(module) {
  const bindings = { typeIds: {}, importedFunctions: {}, exportedFunctions: {} };
  for (const [name, { returnType, parameterTypes }] of exportedFunctions()) {
    bindings.exportedFunctions[name] = { returnType: typeName(returnType), parameters: parameterTypes.map(typeName) };
    for (const type of [returnType, ...parameterTypes].filter((each) => each.getClass() !== null)) {
      const { internalName, id, nextMemoryOffset } = type.getClass();
      bindings.typeIds[internalName] = { id, byteSize: nextMemoryOffset };
    }
  }
  module.addCustomSection("as-bind_bindings", new TextEncoder().encode(JSON.stringify(bindings)));
}
