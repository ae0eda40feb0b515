import { schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { interviewsOn } from '../support/interview.ts'

const { app, db, given } = await startApp()
const { done, position } = interviewsOn(app)
await given.person('Olga')
const ada = await given.person('Ada')
const positionId = await position(ada)

type Link = { id: string; url: string }
const share = (): Promise<Link> => done(ada, 'POST', `/api/positions/${positionId}/manager-links`, { label: 'Dana' })
const page = (path: string, headers: Record<string, string> = {}) =>
  app.inject({ url: path, headers: { accept: 'text/html', ...headers } })
const pathOf = ({ url }: Link) => new URL(url).pathname

test('a link to a hiring page opens the app, which no search engine lists and nobody keeps', async () => {
  const answer = await page(pathOf(await share()))
  expect(answer.statusCode).toBe(200)
  expect(answer.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
  })
  expect(answer.body).toContain('<meta name="robots" content="noindex">')
  expect(answer.body).toContain('<div id="app">')
  expect(answer.body).not.toMatch(/Backend engineer|Dana|Ada/)
})

test('it says what became of a link, to programs by the status and to people by the same app', async () => {
  const [over, revoked, works] = [await share(), await share(), await share()]
  await db.update(schema.managerLinks).set({ expiresAt: new Date() }).where(eq(schema.managerLinks.id, over.id))
  await done(ada, 'DELETE', `/api/manager-links/${revoked.id}`)
  const paths = [pathOf(over), pathOf(revoked), `${pathOf(works).slice(0, -2)}AA`, '/s/hiring/nothing']
  const answers = await Promise.all(paths.map((path) => page(path)))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([410, 410, 404, 404])
  for (const { headers, body } of answers) {
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'x-robots-tag': 'noindex' })
    expect(body).toContain('<meta name="robots" content="noindex">')
    expect(body).toContain('<div id="app">')
  }
})
