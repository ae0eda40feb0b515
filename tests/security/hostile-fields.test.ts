import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { app, as, given } = await startApp()
const ada = await given.person('Ada')
const { id: updateId, videoId } = await given.recording(ada, await cutRecording())
const comment = (
  await as(ada).inject({ method: 'POST', url: `/api/updates/${updateId}/comments`, payload: { text: 'Hi', atMs: 0 } })
).json()
const channel = (await as(ada).inject({ method: 'POST', url: '/api/channels', payload: { name: 'Design' } })).json()
const link = (await as(ada).inject({ method: 'POST', url: `/api/updates/${updateId}/share-links`, payload: {} })).json()

type Schema = {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  required?: string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  minimum?: number
  minItems?: number
  minLength?: number
  prefixItems?: Schema[]
}
type Parameter = { name: string; in: string; schema: Schema }
type Operation = { parameters?: Parameter[]; requestBody?: { content?: Record<string, { schema: Schema }> } }
const described = app.swagger() as unknown as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

const resolve = (schema: Schema): Schema =>
  schema.$ref ? resolve(described.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema

/** Something that fits a schema, so that what is hostile beside it is not hidden by a first error. */
function fitting(given: Schema): unknown {
  const schema = resolve(given)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fitting(choices[0] ?? {})
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((each) => fitting(each)))
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const type = [schema.type].flat()[0]
  if (type === 'object')
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, each]) => [name, fitting(each)]))
  if (type === 'array') return schema.prefixItems?.map(fitting) ?? [fitting(schema.items ?? {})]
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 1, 0)
  if (type === 'boolean') return false
  if (type === 'null') return null
  if (schema.format === 'uuid') return updateId
  if (schema.format === 'date-time') return '2026-11-27T10:00:00.000Z'
  return 'a fine text'.padEnd(schema.minLength ?? 0, '.')
}

/** For each thing that may be left out a body with that alone: what is wrong with the one does not hide the other. */
function bodiesOf(schema: Schema): unknown[] {
  const { properties = {}, required = [] } = resolve(schema)
  const whole = fitting(schema)
  if (whole === null || typeof whole !== 'object') return [whole]
  const only = (wanted: string[]) => Object.fromEntries(Object.entries(whole).filter(([name]) => wanted.includes(name)))
  const optional = Object.keys(properties).filter((name) => !required.includes(name))
  return optional.length === 0 ? [whole] : optional.map((name) => only([...required, name]))
}

/** The same with one leaf after the other replaced. */
function* withEach(value: unknown, hostile: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) for (const changed of withEach(each, hostile)) yield value.with(index, changed)
  } else if (value !== null && typeof value === 'object') {
    for (const [name, each] of Object.entries(value))
      for (const changed of withEach(each, hostile)) yield { ...value, [name]: changed }
  }
  yield hostile
}

const hostile: Record<string, unknown> = {
  'a NUL character': 'a\0b',
  'half of a pair of surrogates': 'a fine text\ud800',
  'a number beyond all counting': 1e308,
  'a negative number': -1,
  'a nest': [[[[[[[[{}]]]]]]]],
  'a prototype': JSON.parse('{"constructor":{"prototype":{"admin":true}}}'),
  nothing: null,
}

const ids: Record<string, string> = {
  updateId,
  videoId,
  commentId: comment.id,
  channelId: channel.id,
  linkId: link.id,
  userId: ada.id,
  stage: 'probe',
  language: 'en',
  emoji: encodeURIComponent('👍'),
}
const pathOf = (path: string) => path.replace(/\{([^}]+)\}/g, (_, name) => ids[name] ?? 'none')
const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase() as 'POST', operation })),
)
/** What would end, or take away, what the others need. */
const isHarmful = (path: string) => /sign-out|me\/password|transfer|members\/\{userId\}$|\/(me\/workspace|workspaces)$/.test(path)

let sender = ada
/** Limits are for each person: where they are reached another one goes on. */
async function send(options: InjectOptions) {
  const answer = await as(sender).inject(options)
  if (answer.statusCode !== 429) return answer
  sender = await given.person('Somebody')
  return as(sender).inject(options)
}

const withBody = operations.filter(
  ({ path, operation }) => !isHarmful(path) && operation.requestBody?.content?.['application/json'],
)
test.each(withBody.map(({ method, path, operation }) => [method, path, operation] as const))(
  '%s %s: whatever stands in a field of its body is taken or refused, and never a fault of the server (R17)',
  async (method, path, operation) => {
    sender = ada
    const schema = operation.requestBody?.content?.['application/json']?.schema ?? {}
    const tried = new Set<string>()
    for (const body of bodiesOf(schema))
      for (const [what, value] of Object.entries(hostile))
        for (const changed of withEach(body, value)) {
          const payload = JSON.stringify(changed)
          if (tried.has(payload)) continue
          tried.add(payload)
          const headers = { 'content-type': 'application/json' }
          const answer = await send({ method, url: pathOf(path), payload, headers })
          expect(answer.statusCode, `${what} in ${payload.slice(0, 300)}: ${answer.body}`).toBeLessThan(500)
        }
  },
)

const asked = operations.flatMap(({ path, method, operation }) =>
  (operation.parameters ?? [])
    .filter((each) => each.in === 'query' && path !== '/api/events')
    .map(({ name }) => [method, path, name] as const),
)
test.each(asked)('%s %s: whatever is asked for as %s is taken or refused (R17, R34)', async (method, path, name) => {
  const values = ['%00', '%ED%A0%80', '%25', '%5C', 'x'.repeat(10_000), '1e9', '-1', 'W10']
  for (const value of [...values, `a&${name}=b`]) {
    const answer = await as(ada).inject({ method, url: `${pathOf(path)}?${name}=${value}` })
    expect(answer.statusCode, `${name}=${value}: ${answer.body}`).toBeLessThan(500)
  }
})
