// What the README says about speed: the JSON with every round, the chart, and the README's own table, all from one run.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chart } from "./report/chart.js";
import { formatRatio } from "./report/text.js";
import { ratio, type Report } from "./result.js";

const ROOT = new URL("../../", import.meta.url);
const JSON_FILE = "bench/published.json";
const CHART_FILE = "docs/speed.svg";
const TABLE_FILE = "README.md";

/** Five digits are more than a measurement has. */
function roundNumbers(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(5)) : value;
}

export function toJson(report: Report): string {
  return `${JSON.stringify(report, roundNumbers, 2)}\n`;
}

/** The table's rows name cases; their ratios are replaced. */
function updateTable(markdown: string, { results }: Report): string {
  return markdown.replace(/^\| +[\d.]+ \| (.+?) +\|/gm, (row, name: string) => {
    const result = results.find((each) => each.name === name);
    return result === undefined ? row : row.replace(/[\d.]+/, formatRatio(ratio(result)));
  });
}

export function publish(report: Report): void {
  const table = new URL(TABLE_FILE, ROOT);
  writeFileSync(new URL(JSON_FILE, ROOT), toJson(report));
  writeFileSync(new URL(CHART_FILE, ROOT), chart(report));
  writeFileSync(table, updateTable(readFileSync(table, "utf8"), report));
  spawnSync("npx", ["prettier", "--write", JSON_FILE, TABLE_FILE], { cwd: fileURLToPath(ROOT) });
}
