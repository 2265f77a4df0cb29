import * as contracts from '@cartograph/contracts'
import { z } from 'zod'

interface Contract {
  readonly name: string
  readonly description: string
}

/** docs/messages.md, from the contracts between services. */
export function messagesDocument(): string {
  const all = Object.values(contracts as Record<string, unknown>)
  const having = <Kind extends Contract>(...keys: string[]) =>
    all
      .filter((contract): contract is Kind => keys.every((key) => key in Object(contract)))
      .toSorted((a, b) => a.name.localeCompare(b.name))
  const commands = having<contracts.Command>('input', 'result')
  const events = having<contracts.Event>('payload', 'subscribers')
  const questions = having<contracts.Question>('input', 'answer')
  return [
    '# Messages between services',
    '',
    'Generated from packages/contracts by `pnpm generate`. How they travel: packages/messaging and',
    '[ADR 0008](adr/0008-questions-between-services.md). A message that changes shape gets a new version.',
    '',
    '## Events',
    '',
    'What has happened, told at least once to each subscriber, and acted on once.',
    ...events.flatMap((event) =>
      section(event, [
        ['to', event.subscribers.length > 0 ? event.subscribers.join(', ') : 'nobody within the shop'],
        ['payload', shapeOf(event.payload)],
      ]),
    ),
    '',
    '## Commands',
    '',
    'What one service has another do, once for each key.',
    ...commands.flatMap((command) =>
      section(command, [
        ['input', shapeOf(command.input)],
        ['result', shapeOf(command.result)],
      ]),
    ),
    '',
    '## Questions',
    '',
    'What one service asks another directly, to decide an effect of its own.',
    ...questions.flatMap((question) =>
      section(question, [
        ['input', shapeOf(question.input)],
        ['answer', shapeOf(question.answer)],
      ]),
    ),
    '',
  ].join('\n')
}

function section({ name, description }: Contract, rows: readonly (readonly [string, string])[]): string[] {
  return ['', `### ${name}`, '', description, '', ...rows.map(([label, text]) => `- ${label}: \`${text}\``)]
}

interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly format?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
}

const shapeOf = (shape: z.ZodType): string => textOf(z.toJSONSchema(shape, { io: 'input' }) as JsonSchema)

/** A shape on one line, much as TypeScript would write it. */
function textOf(schema: JsonSchema): string {
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return alternatives.map(textOf).join(' or ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ')
  if (schema.items) return `[${textOf(schema.items)}]`
  if (schema.properties) {
    const fields = Object.entries(schema.properties).map(([name, field]) => `${name}: ${textOf(field)}`)
    return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}'
  }
  return schema.format ?? [schema.type ?? 'anything'].flat().join(' or ')
}
