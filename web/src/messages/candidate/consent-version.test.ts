import { createHash } from 'node:crypto'
import { consentVersion } from '@meanwhile/shared/contract/candidate'
import { expect, test } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'

/** Whoever changes what candidates agree to gives the text another version: what they saw is kept with their consent. */
const agreedTo: Record<string, string> = { '2026-11-28': '67f4d8e79fd4158e' }

test('the text that candidates agree to is that of its version', () => {
  const consent = Object.entries({ en, de, es }).map(([language, messages]) => [
    language,
    Object.entries(messages).filter(([key]) => key.startsWith('consent.')),
  ])
  const hash = createHash('sha256').update(JSON.stringify(consent)).digest('hex').slice(0, 16)
  expect({ [consentVersion]: hash }).toEqual({ [consentVersion]: agreedTo[consentVersion] })
})
