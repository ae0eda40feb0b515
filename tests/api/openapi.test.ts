import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const { app } = await startApp()

test('the API describes itself, and a change of the contract shows in review', async () => {
  const answer = await app.inject({ url: '/api/openapi.json' })
  expect(answer.statusCode).toBe(200)
  const description = answer.json()
  // They come in the order in which modules were loaded.
  description.components.schemas = Object.fromEntries(Object.entries(description.components.schemas).toSorted())
  await expect(JSON.stringify(description, null, 2)).toMatchFileSnapshot('../openapi.json')
})
