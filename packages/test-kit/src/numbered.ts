const kinds = { order: '01', line: '02', user: '03', product: '04', variant: '05', category: '06' }

/** A UUID that is easy to tell: the kind of thing it names, and which of them. */
export const uuidOf = (kind: keyof typeof kinds, number: number): string =>
  `00000000-0000-7000-80${kinds[kind]}-${String(number).padStart(12, '0')}`

/** Things numbered from 1. */
export const numbered = <T>(count: number, make: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1))
