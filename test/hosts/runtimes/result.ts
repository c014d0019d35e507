/** What one suite found in one host. */
export interface Result {
  passed: number;
  failed: number;
  skipped: number;
  /** Failures in full, and the reason of each skip. */
  readonly notes: string[];
}

export function emptyResult(): Result {
  return { passed: 0, failed: 0, skipped: 0, notes: [] };
}

export function failedResult(note: string): Result {
  return { passed: 0, failed: 1, skipped: 0, notes: [note] };
}

export function addResult(total: Result, result: Result): void {
  total.passed += result.passed;
  total.failed += result.failed;
  total.skipped += result.skipped;
}

export function describeResult({ passed, failed, skipped }: Result): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
