/** A query for `selection` of the entities in its variable `of`; `parameters` declares what else the selection uses. */
export const entitiesQuery = (selection: string, parameters = ''): string =>
  `query ($of: [_Any!]!, ${parameters}) { _entities(representations: $of) { ${selection} } }`
