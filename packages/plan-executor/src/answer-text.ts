/** The data of an answer as the JSON text that it will be sent as. To who looks at it, it is what that text says. */
export class AnswerText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toJSON(): unknown {
    return JSON.parse(this.text)
  }
}

/** JSON text of `result`: for `stringifyResult` of Apollo Server, so that data that is text already is not made again. */
export function stringifyAnswer(result: object): string {
  const { data } = result as { data?: unknown }
  if (!(data instanceof AnswerText)) return JSON.stringify(result)
  let text = `{"data":${data.text}`
  for (const [key, value] of Object.entries(result))
    if (key !== 'data' && value !== undefined) text += `,${JSON.stringify(key)}:${JSON.stringify(value)}`
  return `${text}}`
}
