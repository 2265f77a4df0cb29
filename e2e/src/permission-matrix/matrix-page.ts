import type { Cell, Matrix } from './run-matrix.ts'

/** The matrix as docs/permissions.md shows it, a table for each subgraph. */
export function matrixPage({ viewers, rows }: Matrix): string {
  const subgraphs = [...new Set(rows.map(({ row }) => row.subgraph))]
  const tables = subgraphs.map((subgraph) => {
    const lines = rows
      .filter(({ row }) => row.subgraph === subgraph)
      .map(({ row, cells }) => [`\`${row.coordinate}\``, ...cells.map(textOf)])
    return `## ${subgraph}\n\n${table([['field', ...viewers], ...lines])}`
  })
  return `${introduction}\n${tables.join('\n')}`
}

function textOf({ gateway, subgraph }: Cell): string {
  return subgraph === null || gateway === subgraph ? gateway : `${gateway} / ${subgraph}`
}

function table([head, ...lines]: string[][]): string {
  const widths = head!.map((_, column) => Math.max(...[head!, ...lines].map((line) => line[column]!.length)))
  const lineOf = (line: readonly string[]) => `| ${line.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |\n`
  return [lineOf(head!), lineOf(widths.map((width) => '-'.repeat(width))), ...lines.map(lineOf)].join('')
}

const introduction = `# Who may see and do what

Every root field and every field of every entity, asked for as everybody. Written by e2e/trust/permission-matrix.test.ts, which
asks a running shop and fails where an answer is not what stands here, or a field has no row. A change of this file is a
change of who may see what: read it as one. To write it anew: \`pnpm test e2e/trust/permission-matrix.test.ts -u\`.

What is asked for is the **owner**'s: their account, address, cart and order; where things have no owner, the shop's.
Staff have the customer's role and one other. A **partner** has a key, with which no text runs, and no scope at a subgraph. A
**service** is another subgraph. **Stale** is the owner with a token, or a signature, that is too old; **forged** the owner
under a key, or a secret, that is not ours.

A cell says what became of it through the gateway and, after a slash where it differs, at the subgraph itself: by \`_entities\` for
the fields of entities. \`yes\`: it was given or done. \`null\`: nothing was said, as of what does not exist. \`401\` and \`403\`: the whole request
was refused. Anything else is the code of the refusal.
`
