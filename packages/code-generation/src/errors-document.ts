import { errorCatalogue } from '@cartograph/error-catalogue'

/** docs/errors.md, from the catalogue. */
export function errorsDocument(): string {
  const rows = (where: 'errors' | 'userErrors') =>
    Object.entries(errorCatalogue)
      .filter(([, entry]) => entry.where === where)
      .map(([code, { status, meaning }]) => `| \`${code}\` | ${where === 'errors' ? `${status} | ` : ''}${meaning} |`)
      .join('\n')
  return `# Error codes

Generated from packages/error-catalogue by \`pnpm generate\`; do not edit.

## In \`errors[].extensions.code\`: the request, or a field of it, failed

The status is that of an answer in \`application/graphql-response+json\` whose whole request failed. An error of a single
field leaves the rest of the answer as it is, with status 200.

| code | status | meaning |
|---|---|---|
${rows('errors')}

## In a payload's \`userErrors[].code\`: a mutation was refused and nothing has changed

| code | meaning |
|---|---|
${rows('userErrors')}
`
}
