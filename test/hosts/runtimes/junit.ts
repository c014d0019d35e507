// Test reports in JUnit's XML, which Node, Deno and Bun all write.
import { emptyResult, type Result } from "./result.js";

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return ENTITIES[name!] ?? whole;
  });
}

function attribute(attributes: string, name: string): string {
  return decode(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? "");
}

/** The tests of a report; a note for each that failed, and for each that was skipped. */
export function parseReport(xml: string): Result {
  const result = emptyResult();
  // Attributes may hold `>`, never `"`.
  for (const [, attributes = "", body = ""] of xml.matchAll(
    /<testcase((?:\s+[\w-]+="[^"]*")*)\s*(?:\/>|>([\s\S]*?)<\/testcase>)/g,
  )) {
    const title = attribute(attributes, "name");
    const failure = /<(?:failure|error)\b((?:\s+[\w-]+="[^"]*")*)\s*(?:\/>|>([\s\S]*?)<\/(?:failure|error)>)/.exec(
      body,
    );
    const skipped = /<skipped\b((?:\s+[\w-]+="[^"]*")*)/.exec(body);
    if (failure !== null) {
      result.failed++;
      const text = decode(failure[2] ?? "").trim() || attribute(failure[1] ?? "", "message");
      result.notes.push(`FAILED ${title}\n${text.replace(/^/gm, "    ")}`);
    } else if (skipped !== null) {
      result.skipped++;
      const reason = attribute(skipped[1] ?? "", "message");
      result.notes.push(`skipped: ${title}${reason === "" ? "" : `: ${reason}`}`);
    } else {
      result.passed++;
    }
  }
  return result;
}
