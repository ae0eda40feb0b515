import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type * as z from 'zod'
import { startApp } from '../support/app.ts'

type Endpoint = { method: string; url: string; schema: { body?: z.ZodType; response: Record<string, z.ZodType> } }
type Content = Record<string, { schema?: object; example?: unknown }>
type Operation = { requestBody?: { content?: Content }; responses: Record<string, { content?: Content }> }

const { app } = await startApp()
await app.ready()
const paths = app.swagger().paths as unknown as Record<string, Record<string, Operation>>
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
)

const contract = new URL('../../shared/src/contract/', import.meta.url)
const modules = await Promise.all((await readdir(contract)).map((file) => import(new URL(file, contract).pathname)))
const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'method' in value && 'url' in value && 'schema' in value
const endpoints = modules.flatMap((module) => Object.values(module).filter(isEndpoint))
const exampleIn = (content: Content | undefined) => content?.['application/json']?.example

test('every body and every answer has an example', () => {
  const without = operations.flatMap(({ route, operation }) =>
    [['body', operation.requestBody] as const, ...Object.entries(operation.responses)].flatMap(([part, { content } = {}]) =>
      Object.values(content ?? {}).some(({ schema, example }) => schema && example === undefined) ? [`${route} ${part}`] : [],
    ),
  )
  expect(without).toEqual([])
})

test.each(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.url.replace(/:(\w+)/g, '{$1}')}`, endpoint] as const))(
  '%s: its examples are what it takes and answers',
  (route, { schema }) => {
    const operation = operations.find((each) => each.route === route)?.operation
    const faults: Record<string, unknown> = {}
    const check = (part: string, type: z.ZodType, example: unknown) => {
      const parsed = type.safeParse(example)
      if (!parsed.success) faults[part] = { example, issues: parsed.error.issues }
    }
    if (schema.body) check('body', schema.body, exampleIn(operation?.requestBody?.content))
    for (const [status, type] of Object.entries(schema.response)) {
      const answer = operation?.responses[status.toUpperCase()]?.content
      if (answer && 'application/json' in answer) check(status, type, exampleIn(answer))
    }
    expect(faults).toEqual({})
  },
)
