/** One check of graphql-cop: the request that it sends, and the criterion by which it finds a weakness. */
interface Check {
  readonly title: string
  readonly find: (url: string) => Promise<boolean>
}

interface Answer {
  readonly data?: {
    readonly __typename?: string
    readonly alias100?: string
    readonly __schema?: { readonly types?: unknown[] }
  } | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[]
}

const headers = { 'user-agent': 'graphql-cop/1.15' }

async function post(url: string, body: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Answer
}
const query = (url: string, text: string) => post(url, { query: text, operationName: 'cop' })

/** As its `request` does: the query in the URL, no body, and no header that a page could not send elsewhere. */
async function withParameter(url: string, method: 'GET' | 'POST', text: string): Promise<Answer | undefined> {
  const response = await fetch(`${url}?${new URLSearchParams({ query: text }).toString()}`, { method, headers })
  return response.ok ? ((await response.json()) as Answer) : undefined
}

const circularIntrospection =
  'query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }'
const circularFragment = `
    query cop {
        __schema {
          ...A
        }
    }

    fragment A on __Schema {
        __typename
        ...B
    }

    fragment B on __Schema {
        ...A
    }
`

/** The checks of graphql-cop (github.com/dolevf/graphql-cop, lib/tests), by their titles, with its requests and criteria. */
export const graphqlCopChecks: readonly Check[] = [
  {
    title: 'Field Suggestions',
    find: async (url) =>
      String((await query(url, 'query cop { __schema { directive } }')).errors?.[0]?.message).includes('Did you mean'),
  },
  {
    title: 'Introspection',
    find: async (url) =>
      Boolean((await query(url, 'query cop { __schema { types { name fields { name } } } }')).data?.__schema?.types),
  },
  {
    title: 'GraphQL IDE',
    find: async (url) => {
      const words = ['graphiql.min.css', 'GraphQL Playground', 'GraphiQL', 'graphql-playground']
      for (const path of ['/graphiql', '/playground', '/console', '/graphql']) {
        const text = await (await fetch(new URL(path, url), { headers })).text()
        if (words.some((word) => text.includes(word))) return true
      }
      return false
    },
  },
  {
    title: 'GET Method Query Support',
    find: async (url) => Boolean((await withParameter(url, 'GET', 'query cop {__typename}'))?.data?.__typename),
  },
  {
    title: 'Alias Overloading',
    find: async (url) => {
      const aliases = Array.from({ length: 101 }, (_, at) => `alias${at}:__typename \n`).join('')
      return Boolean((await query(url, `query cop { ${aliases} }`)).data?.alias100)
    },
  },
  {
    title: 'Array-based Query Batching',
    find: async (url) => {
      const answer = await post(
        url,
        Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' })),
      )
      return Object.keys(answer).length >= 10
    },
  },
  {
    title: 'Field Duplication',
    find: async (url) => Boolean((await query(url, `query cop { ${'__typename \n'.repeat(500)}} `)).data?.__typename),
  },
  {
    title: 'Trace Mode',
    find: async (url) => {
      const answer = await query(url, 'query cop { __typename }')
      return (
        Boolean(answer.errors?.[0]?.extensions?.['tracing']) ||
        /"extensions":\{"tracing":/i.test(JSON.stringify(answer))
      )
    },
  },
  {
    title: 'Directive Overloading',
    find: async (url) =>
      (await query(url, 'query cop { __typename @aa@aa@aa@aa@aa@aa@aa@aa@aa@aa }')).errors?.length === 10,
  },
  {
    title: 'Introspection-based Circular Query',
    find: async (url) => ((await query(url, circularIntrospection)).data?.__schema?.types?.length ?? 0) > 25,
  },
  {
    title: 'Mutation is allowed over GET (possible CSRF)',
    find: async (url) => Boolean((await withParameter(url, 'GET', 'mutation cop {__typename}'))?.data?.__typename),
  },
  {
    title: 'POST based url-encoded query (possible CSRF)',
    find: async (url) => Boolean((await withParameter(url, 'POST', 'query cop {__typename}'))?.data?.__typename),
  },
  {
    title: 'Unhandled Errors Detection',
    find: async (url) => {
      const answer = await query(url, 'qwerty cop { abc }')
      return (
        Boolean(answer.errors?.[0]?.extensions?.['exception']) ||
        /"extensions":\{"exception":/i.test(JSON.stringify(answer))
      )
    },
  },
  { title: 'Circular Fragment', find: async (url) => !('errors' in (await query(url, circularFragment))) },
]
