/** Whether there is such a process; one that has ended counts until its parent has taken notice. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
