import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import { type Audience, type ViewerName, viewers } from './access/audiences.ts'
import { channelRows } from './access/channels.ts'
import { checkInRows } from './access/check-ins.ts'
import { commentRows } from './access/comments.ts'
import { decisionRows } from './access/decisions.ts'
import { deliveryRows } from './access/delivery.ts'
import { interviewRows } from './access/interviews.ts'
import { testLists } from './access/lists.ts'
import { notificationRows } from './access/notifications.ts'
import { openRows } from './access/open.ts'
import { pairingRows } from './access/pairings.ts'
import { peopleRows } from './access/people.ts'
import { reactionRows } from './access/reactions.ts'
import { reelRows } from './access/reels.ts'
import type { Row } from './access/row.ts'
import { type Asked, openScene, type Send, type Target } from './access/scene.ts'
import { sessionRows } from './access/sessions.ts'
import { shareLinkRows } from './access/share-links.ts'
import { tokenRows } from './access/tokens.ts'
import { updateRows } from './access/updates.ts'
import { videoRows } from './access/videos.ts'
import { webhookRows } from './access/webhooks.ts'
import { workspaceRows } from './access/workspaces.ts'

/** The access table: who may use which route, and what the others are answered. */
const rows: Row[] = [
  ...updateRows,
  ...videoRows,
  ...commentRows,
  ...decisionRows,
  ...reactionRows,
  ...channelRows,
  ...checkInRows,
  ...pairingRows,
  ...interviewRows,
  ...peopleRows,
  ...workspaceRows,
  ...notificationRows,
  ...sessionRows,
  ...shareLinkRows,
  ...tokenRows,
  ...webhookRows,
  ...reelRows,
  ...deliveryRows,
  ...openRows,
]

const scene = await openScene()

testLists(scene)

/** The request of a row; what a path names is looked up in `target`. */
function requestOf({ route, body, text, query, inTrash }: Row, on: Target): InjectOptions {
  const target = inTrash ? { ...on, updateId: `${on.trashedId}` } : on
  const [method = '', path = ''] = route.split(' ')
  const url = path.replace(/\{(\w+)\}/g, (_all, name) => target[name] ?? `no ${name} in the scene`)
  return {
    method: method as 'GET',
    url: query ? `${url}?${query}` : url,
    ...(body && { payload: typeof body === 'function' ? body(target) : body }),
    ...(text && { payload: text, headers: { 'content-type': 'text/vtt' } }),
  }
}

/** After these the content of a request was looked at: it was let in. */
const lookedAt = new Set([409, 415, 422])
function answerOf({ statusCode, body }: Asked): string {
  if (statusCode < 400 || lookedAt.has(statusCode)) return 'may'
  return JSON.parse(body).type.replace('/problems/', '')
}

const ids = Object.keys(scene.targets.shared).filter((name) => name.endsWith('Id'))
const unknown = Object.fromEntries(ids.map((name) => [name, crypto.randomUUID()]))
/** What is left of an answer without the id of its request. */
const withoutRequest = ({ statusCode, body }: Asked) => ({ statusCode, ...JSON.parse(body), instance: '' })

async function ask(row: Row, name: ViewerName): Promise<string> {
  const { on, send } = scene.viewers[name]
  const may = row.who[name] === 'may'
  const target = row.fresh && may ? { ...on, ...(await scene.fresh[row.fresh]()) } : on
  // A stream of events does not end by itself.
  const isStream = may && row.route === 'GET /api/events'
  const told = await send({ ...requestOf(row, target), ...(isStream && { payloadAsStream: true }) })
  if (isStream) told.stream().destroy()
  const answer = answerOf(told)
  // What is hidden looks like what does not exist.
  if (answer === 'not-found' && /Id\}/.test(row.route))
    expect(withoutRequest(told), name).toEqual(withoutRequest(await send(requestOf(row, { ...target, ...unknown }))))
  return answer
}

/** What the description of the API says that a token needs here. */
function scopeOf({ route }: Row): 'read' | 'write' | 'admin' | undefined {
  const [method = '', path = ''] = route.split(' ')
  const { security } = scene.app.swagger().paths?.[path]?.[method.toLowerCase() as 'get'] ?? {}
  return security?.flatMap(({ token = [] }) => token)[0] as 'read' | undefined
}

/** Of the owner's API tokens: one that has expired, and one that has every scope but the one that this takes. */
async function askByToken(row: Row) {
  const request = requestOf(row, scene.targets.shared)
  const scope = scopeOf(row)
  // Each from an address of its own: one that guesses is told to wait.
  const remoteAddress = `10.0.0.${1 + rows.indexOf(row)}`
  const answer = async (send: Send) => answerOf(await send({ ...request, remoteAddress }))
  return { expired: await answer(scene.tokens.expired), other: await answer(scene.tokens[scope ?? 'all']) }
}
const expectedByToken = ({ noToken }: Row) => ({ expired: 'token-invalid', other: noToken ? 'session-needed' : 'token-scope' })

test.each(rows.map((row) => [row.route, row] as const))('%s', async (_route, row) => {
  const asked = viewers.filter((name) => name in row.who)
  const answers: Partial<Audience> = {}
  // Who may comes last, one by one: it is there for all who may not.
  const refused = asked.filter((name) => row.who[name] !== 'may')
  await Promise.all(refused.map(async (name) => Object.assign(answers, { [name]: await ask(row, name) })))
  for (const name of asked) if (row.who[name] === 'may') answers[name] = await ask(row, name)
  expect(answers).toEqual(row.who)
  expect(await askByToken(row)).toEqual(expectedByToken(row))
})

test('every route of the API is in the table once, and nothing else is', () => {
  const described = Object.entries(scene.app.swagger().paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(rows.map(({ route }) => route).toSorted()).toEqual(described.toSorted())
})
