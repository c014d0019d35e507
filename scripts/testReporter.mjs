// Prints failures in full and nothing of what passed. The last line is a record for scripts/test.mjs.
import { inspect } from "node:util";

const counts = { passed: 0, failed: 0, skipped: 0 };
const notes = [];

function isTest(data) {
  return data.details?.type !== "suite";
}

function explain(error) {
  const cause = error?.cause ?? error;
  return typeof cause === "string" ? cause : (cause?.stack ?? inspect(cause));
}

function indented(text) {
  return text.replace(/^/gm, "    ");
}

export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type === "test:pass" && isTest(data)) {
      if (data.skip !== undefined) counts.skipped++;
      else counts.passed++;
    } else if (type === "test:fail" && isTest(data)) {
      counts.failed++;
      yield `✖ ${data.name}\n    ${data.file ?? ""}:${data.line ?? ""}\n${indented(explain(data.details.error))}\n`;
    } else if (type === "test:stderr") {
      yield data.message;
    } else if (type === "test:diagnostic" && data.message.startsWith("note: ")) {
      notes.push(data.message);
    }
  }
  for (const note of notes) yield `  ${note}\n`;
  yield `${JSON.stringify(counts)}\n`;
}
