/**
 * The PostgreSQL that CI offers to the tests, undefined where the embedded one is to be used: without CI a variable
 * left over in somebody's shell must not send the tests to another server.
 */
export function offeredPostgresUrl(variables: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CI, CARTOGRAPH_TEST_POSTGRES_URL: url } = variables
  if (!CI || CI === 'false' || !url) return undefined
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new Error('CARTOGRAPH_TEST_POSTGRES_URL is not a postgresql:// URL')
  }
  return url
}
