// From the start of the process to the end of a first async function.
async function main(): Promise<void> {
  await null;
}

await main();
console.log(performance.now());
