/** What every mutation answers. */
export interface Payload {
  readonly userErrors: readonly { readonly code: string; readonly message: string }[]
}

/** The payload of a mutation that was carried out; throws why it was refused otherwise. */
export function acceptPayload<Accepted extends Payload>(payload: Accepted): Accepted {
  if (payload.userErrors.length > 0)
    throw new Error(`The shop refused: ${payload.userErrors.map(({ message }) => message).join(' ')}`)
  return payload
}
