/** What of JSON Schema our contract becomes. */
export type JsonSchema = {
  $ref?: string
  example?: unknown
  examples?: unknown[]
  const?: unknown
  default?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  type?: string | string[]
  format?: string
  minimum?: number
  minItems?: number
  items?: JsonSchema
  prefixItems?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
}
type Named = Record<string, JsonSchema>

/** What a field of this name holds in examples, where its schema does not say it. */
const byName: Record<string, string> = {
  action: 'member.role-changed',
  address: '203.0.113.7',
  body: 'What is done, what comes next, and where I need you.',
  device: 'Firefox on Linux',
  from: '203.0.113.7',
  html: '<iframe src="https://meanwhile.example.org/embed/0198f0c2-7a4e-7c3b-9d52-5f0e6d1a2b3c"></iframe>',
  name: 'Ada Lovelace',
  password: 'correct horse battery',
  text: 'Which of the two do we ship first?',
  title: 'Where we are on Monday',
  timeZone: 'Europe/Berlin',
  url: 'https://meanwhile.example.org/u/0198f0c2-7a4e-7c3b-9d52-5f0e6d1a2b3c',
}
const byFormat: Record<string, string> = {
  uuid: '0198f0c2-7a4e-7c3b-9d52-5f0e6d1a2b3c',
  'date-time': '2026-11-27T09:30:00.000Z',
  date: '2026-11-27',
  email: 'ada@example.org',
  uri: byName.url ?? '',
}

function textFor(name: string, { format }: JsonSchema): string {
  if (format && byFormat[format]) return byFormat[format]
  if (byName[name]) return byName[name]
  if (name === 'id' || name.endsWith('Id')) return byFormat.uuid ?? ''
  if (/token/i.test(name)) return 'kZ3v0Qm7xT1bW9sY5nR2cL8d'
  return /url$/i.test(name) ? (byName.url ?? '') : 'text'
}

/** An object as it is at least: what is required, what has an example of its own, and of one without either the first field. */
function objectFor({ properties = {}, required = [] }: JsonSchema, named: Named) {
  const names = Object.keys(properties)
  const shown = names.filter((name) => required.includes(name) || properties[name]?.example !== undefined)
  const chosen = shown.length > 0 ? shown : names.slice(0, 1)
  return Object.fromEntries(chosen.map((name) => [name, exampleOf(properties[name] ?? {}, named, name)]))
}

const isNull = ({ type }: JsonSchema) => type === 'null'

/** A value that fits a schema: the example that it has, else one made of its parts. */
export function exampleOf(schema: JsonSchema, named: Named, name = ''): unknown {
  const { example, examples, $ref, enum: choices, anyOf, oneOf = anyOf, allOf, type } = schema
  if (example !== undefined) return example
  if (examples?.length) return examples[0]
  if ($ref !== undefined) return exampleOf(named[$ref.slice($ref.lastIndexOf('/') + 1)] ?? {}, named, name)
  if (schema.const !== undefined) return schema.const
  if (choices) return choices[0]
  if (oneOf) return exampleOf(oneOf.find((each) => !isNull(each)) ?? oneOf[0] ?? {}, named, name)
  if (allOf) return Object.assign({}, ...allOf.map((each) => exampleOf(each, named, name)))
  switch (Array.isArray(type) ? type.find((each) => each !== 'null') : type) {
    case 'object':
      return objectFor(schema, named)
    case 'array':
      return schema.prefixItems?.map((each) => exampleOf(each, named, name)) ?? [exampleOf(schema.items ?? {}, named, name)]
    case 'string':
      return textFor(name, schema)
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 0)
    case 'boolean':
      return true
    default:
      return null
  }
}

type Content = Record<string, { schema?: JsonSchema; example?: unknown }>
type Operation = { requestBody?: { content?: Content }; responses?: Record<string, { content?: Content }> }
type Description = { paths?: Record<string, Record<string, Operation>>; components?: { schemas?: Named } }

/** Adds an example to each body and each answer of a description of the API. */
export function withExamples<D extends object>(description: D): D {
  const { paths = {}, components } = description as Description
  for (const { requestBody, responses = {} } of Object.values(paths).flatMap((path) => Object.values(path)))
    for (const content of [requestBody?.content, ...Object.values(responses).map((answer) => answer.content)])
      for (const media of Object.values(content ?? {}))
        if (media.schema && media.example === undefined) media.example = exampleOf(media.schema, components?.schemas ?? {})
  return description
}
