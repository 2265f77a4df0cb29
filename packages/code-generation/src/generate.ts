import { ensureGenerated } from './ensure-generated.ts'

/** `pnpm generate`: makes everything that is made from something else; with --stale only what is not up to date. */
export async function main(args: string[]): Promise<void> {
  try {
    await ensureGenerated({ force: !args.includes('--stale'), onMake: (name) => console.log(`  Generating: ${name}`) })
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
