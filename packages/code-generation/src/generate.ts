import { ensureGenerated } from './ensure-generated.ts'

/** `pnpm generate`: makes everything that is made from something else. */
export async function main(): Promise<void> {
  try {
    await ensureGenerated({ force: true, onMake: (name) => console.log(`  ${name}`) })
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
