import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const { app } = await startApp()

test('the API describes itself, and a change of the contract shows in review', async () => {
  const answer = await app.inject({ url: '/api/openapi.json' })
  expect(answer.statusCode).toBe(200)
  await expect(JSON.stringify(answer.json(), null, 2)).toMatchFileSnapshot('../openapi.json')
})
