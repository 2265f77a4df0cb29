/** Runs a command for a person: what it throws becomes one sentence on standard error and exit 1, never a stack. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command()
  } catch (error) {
    console.error(`\n  ${(error as Error).message}\n`)
    process.exit(1)
  }
}
