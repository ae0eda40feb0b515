import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { envExample } from './env-example.ts'

test('.env.example is what the schema says (npm run env:example writes it)', async () => {
  expect(await readFile(new URL('../.env.example', import.meta.url), 'utf8')).toBe(envExample())
})
