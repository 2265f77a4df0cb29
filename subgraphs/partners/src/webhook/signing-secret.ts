import { randomBytes } from 'node:crypto'

/** 256 random bits to sign with. */
export const newSigningSecret = (): Buffer => randomBytes(32)

/** A signing secret as its partner is shown it. */
export const shownSecret = (secret: Buffer): string => `whsec_${secret.toString('base64')}`
