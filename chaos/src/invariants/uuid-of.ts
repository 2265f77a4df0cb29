import { type EntityName, tryFromGlobalId } from '@cartograph/global-ids'

/** The UUID of a global id; what is none answers itself, which no row is called. */
export const tryUuid = (entity: EntityName, id: string): string => tryFromGlobalId(entity, id) ?? id
