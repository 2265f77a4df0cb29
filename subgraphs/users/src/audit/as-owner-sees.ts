import type { SecurityEvent } from './security-event.ts'

/** An event as the account's owner is shown it: who of staff did something to it, and from where, is staff's own. */
export function asOwnerSees<Event extends Pick<SecurityEvent, 'actorId' | 'clientAddress'>>(
  event: Event,
  ownerId: string,
): Event {
  const byOthers = event.actorId !== null && event.actorId !== ownerId
  return byOthers ? { ...event, actorId: null, clientAddress: null } : event
}
