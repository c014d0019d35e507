// docs/speed.md: every published figure, host by host.
import { growthMarks, growthOf, marks } from "../marks.js";
import { multiples, ratio, type Report } from "../result.js";
import { formatFigure, formatMultiple, formatRatio } from "./format.js";

export type Reports = ReadonlyMap<string, Report>;

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map((_, i) => (i === 0 ? "---" : "---:"));
  return [header, rule, ...rows].map(row).join("\n");
}

function ratiosByHost(reports: Reports, home: Report): string {
  const rows = home.results.map(({ name, against }) => {
    const mark = marks.find((each) => each.name === name)?.mark;
    const cells = [...reports.values()].map(({ results }) => {
      const result = results.find((each) => each.name === name);
      return result === undefined ? "" : formatRatio(ratio(result));
    });
    return [name, against, mark === undefined ? "" : formatRatio(mark), ...cells];
  });
  return table(["case", "native side", "mark, Node 20", ...reports.keys()], rows);
}

function growthByHost(reports: Reports): string {
  const rows = growthMarks.map((mark) => {
    const cells = [...reports.values()].map(({ results }) => {
      const growth = growthOf(results, mark);
      return Number.isNaN(growth) ? "" : formatRatio(growth);
    });
    return [mark.name, formatRatio(mark.mark), ...cells];
  });
  return table(["our own cost", "mark, Node 20", ...reports.keys()], rows);
}

function multiplesByLibrary({ rivals, results }: Report): string {
  const libraries = Object.keys(rivals);
  const rows = results
    .filter((result) => multiples(result).length > 0)
    .map((result) => {
      const found = new Map(multiples(result).map(([library, multiple]) => [library, multiple]));
      return [result.name, ...libraries.map((each) => (found.has(each) ? formatMultiple(found.get(each)!) : ""))];
    });
  return table(["case", ...libraries], rows);
}

function medians(reports: Reports, home: Report): string {
  const rows = home.results.map(({ name }) => [
    name,
    ...[...reports.values()].flatMap(({ results }) => {
      const result = results.find((each) => each.name === name);
      return result === undefined
        ? ["", ""]
        : [formatFigure(result.ours, result.unit), formatFigure(result.native, result.unit)];
    }),
  ]);
  return table(["case", ...[...reports.keys()].flatMap((host) => [`${host}, ours`, `${host}, native`])], rows);
}

function facts(reports: Reports): string {
  return [...reports]
    .map(([host, { environment, rivals }]) => {
      const all = Object.entries({ ...environment, ...rivals }).map(([key, value]) => `${key} ${value}`);
      return `- ${host}: ${all.join(", ")}`;
    })
    .join("\n");
}

function rivalSections(home: Report): string[] {
  const faster = home.results.flatMap((result) =>
    multiples(result)
      .filter(([, multiple]) => multiple < 1)
      .map(([library, multiple]) => `- ${library}, ${result.name}: ${formatMultiple(multiple)} ours`),
  );
  return [
    multiplesByLibrary(home),
    faster.length === 0 ? "In no case one of them is faster." : `Where one of them is faster:\n\n${faster.join("\n")}`,
  ];
}

export function speedPage(reports: Reports, home: Report): string {
  const sections = [
    "# How fast: every figure",
    "Written by `npm run bench -- --publish`, and again from the recorded rounds in `bench/published/` by " +
      "`npm run bench -- --render`. [bench/README.md](../bench/README.md) says how it is measured and how to read it.",
    "## Ratio to native",
    "Our median divided by that of native JavaScript on the same host, in the same run: below 1 we are faster, or smaller.",
    ratiosByHost(reports, home),
    growthByHost(reports),
    "## Other libraries",
    "What they take for the same on Node 20, or on CPython, as a multiple of what we take beside them.",
    ...(Object.keys(home.rivals).length === 0 ? ["They did not take part in this record."] : rivalSections(home)),
    "## Medians",
    "For one operation, with the median distance from it.",
    medians(reports, home),
    "## What it was measured on",
    facts(reports),
  ];
  return `${sections.join("\n\n")}\n`;
}
