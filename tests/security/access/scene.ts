import { schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { startApp } from '../../support/app.ts'
import { cutRecording } from '../../support/cut.ts'
import type { Person } from '../../support/given.ts'
import { guestsOn } from '../../support/guest.ts'
import { interviewsOn } from '../../support/interview.ts'
import type { ViewerName } from './audiences.ts'

/** What stands for the parameters of a route, by their names there. */
export type Target = Record<string, string>
export type Asked = LightMyRequestResponse
export type Send = (options: InjectOptions) => Promise<Asked>
export type FreshKind =
  | 'update'
  | 'person'
  | 'seat'
  | 'session'
  | 'invitation'
  | 'token'
  | 'webhook'
  | 'passkey'
  | 'trashed'
  | 'ask'
  | 'reel'
  | 'feed'
  | 'post'
  | 'meeting'
  | 'pairing'
  | 'candidate'
  | 'role'
  | 'template'
  | 'manager link'

const captions = 'WEBVTT\n\n00:01.000 --> 00:02.000\nHi'
/** One that is not held any more. */
export const meeting = { name: 'Stand-up', people: 6, minutes: 15, times: 5, per: 'week', since: '2026-03-23' }
export const password = 'correct horse battery'

/** A workspace with one of each, and everybody who may ask for it. */
export async function openScene() {
  const started = await startApp()
  const { app, as, given } = started
  const { share, guest, revoke } = guestsOn(app)
  const cut = await cutRecording({ ms: 2000 })
  const owner = await given.person('Olga')
  const [admin, author, member, bystander, former, removed, insider] = (await Promise.all(
    ['Adam', 'Ada', 'Ben', 'Otto', 'Fay', 'Rob', 'Ina'].map((name) => given.person(name)),
  )) as [Person, Person, Person, Person, Person, Person, Person]
  const foreigner = await given.stranger('Mallory')
  const letIn = await given.stranger('Lena')
  const shutOut = await given.stranger('Sven')

  async function done(person: Person, options: InjectOptions) {
    const answer = await as(person).inject(options)
    if (answer.statusCode >= 300) throw new Error(`${options.method} ${options.url} was answered ${answer.body}`)
    return answer.body === '' ? null : answer.json()
  }
  const post = (person: Person, url: string, payload?: object) =>
    done(person, { method: 'POST', url, ...(payload && { payload }) })
  const put = (person: Person, url: string, payload?: object) => done(person, { method: 'PUT', url, ...(payload && { payload }) })
  const patch = (person: Person, url: string, payload: object) => done(person, { method: 'PATCH', url, payload })

  await patch(owner, `/api/members/${admin.id}`, { role: 'admin' })

  /** A recording with captions and a comment; in the channel, where one is named. */
  async function recorded(person: Person, channelId?: string): Promise<Target> {
    const { id, videoId } = await given.recording(person, cut)
    if (channelId) await patch(person, `/api/updates/${id}`, { channelId })
    await done(person, {
      method: 'PUT',
      url: `/api/videos/${videoId}/captions/en`,
      headers: { 'content-type': 'text/vtt' },
      payload: captions,
    })
    const { id: commentId } = await post(person, `/api/updates/${id}/comments`, { text: 'Hi', atMs: 0 })
    return { updateId: id, videoId, commentId }
  }
  async function channel(person: Person, name: string, others: Person[]): Promise<string> {
    const { id } = await post(person, '/api/channels', { name, isPrivate: true })
    for (const other of others) await put(person, `/api/channels/${id}/members/${other.id}`)
    return id
  }
  /** A check-in that asks its maker, with a round that is open and an answer to it. */
  async function round(person: Person, { channelId, updateId }: Target): Promise<Target> {
    const questions = [{ id: 'one', kind: 'open', text: 'Well?' }]
    const cadence = { rule: 'FREQ=DAILY', startsOn: '2026-03-23', timeZone: 'UTC' }
    const people = [{ userId: person.id, role: 'participant' }]
    const { id: checkInId } = await post(person, '/api/check-ins', {
      name: 'Secret stand-up',
      questions,
      cadence,
      people,
      channelId,
    })
    const [opened] = await app.db
      .insert(schema.rounds)
      .values({ checkInId, date: '2026-03-23', questions: [], opensAt: new Date(), dueAt: new Date(), openedAt: new Date() })
      .returning()
    const roundId = `${opened?.id}`
    await app.db
      .insert(schema.roundPeople)
      .values({ roundId, userId: person.id, role: 'participant', opensAt: new Date(), dueAt: new Date() })
    await app.db.insert(schema.answers).values({ updateId: `${updateId}`, roundId, userId: person.id })
    return { checkInId, roundId, date: '2026-03-23' }
  }
  const roundOf = ({ checkInId, roundId, date }: Target): Target => ({
    checkInId: `${checkInId}`,
    roundId: `${roundId}`,
    date: `${date}`,
  })
  /** One that waits for somebody and for a member whom nobody asks as. */
  async function pairing({ id: userId }: Person): Promise<string> {
    const [workspace] = await app.db.select().from(schema.members).where(eq(schema.members.userId, userId))
    const [endsAt, goneAt] = [9, 39].map((days) => new Date(Date.now() + days * 86_400_000)) as [Date, Date]
    const values = { workspaceId: `${workspace?.workspaceId}`, startsOn: '2026-03-23', question: 'Which song?', endsAt, goneAt }
    const [made] = await app.db.insert(schema.pairings).values(values).returning()
    const pairingId = `${made?.id}`
    const told = { pairingId, opensAt: new Date(), toldAt: new Date() }
    await app.db.insert(schema.pairingPeople).values([userId, bystander.id].map((id) => ({ ...told, userId: id })))
    return pairingId
  }
  const { position, invited, candidate } = interviewsOn(app)
  /** A position whose owner it is, in which a member reviews and an admin observes, with a candidate who has consented. */
  async function hiring(person: Person): Promise<Target> {
    const positionId = await position(person)
    if (person === author) {
      await put(person, `/api/positions/${positionId}/people/${member.id}`, { role: 'reviewer' })
      await put(person, `/api/positions/${positionId}/people/${admin.id}`, { role: 'observer' })
    }
    return { positionId, ...(await candidateOf(person, positionId)) }
  }
  async function candidateOf(person: Person, positionId: string): Promise<Target> {
    const [invitation] = await invited(person, positionId)
    const kim = candidate(invitation!)
    await kim.consent()
    await kim.write('how', 'Calmly')
    const { takes } = await kim.page()
    return { candidateId: `${invitation?.id}`, candidateUrl: `${invitation?.url}`, takeId: takes[0].updateId }
  }
  /** What a link to a hiring manager ends in, and its id. */
  async function managerLink(person: Person, positionId: unknown): Promise<Target> {
    const { id, url } = await post(person, `/api/positions/${positionId}/manager-links`, { label: 'Dana' })
    return { managerLinkId: id, token: url.split('/s/hiring/')[1] }
  }
  const template = async (person: Person, positionId: unknown): Promise<string> =>
    (await post(person, '/api/interview-templates', { name: 'Usual', positionId })).id
  async function passkey({ id: userId }: Person): Promise<string> {
    const credentialId = crypto.randomUUID()
    const [made] = await app.db
      .insert(schema.passkeys)
      .values({ userId, name: 'Key', credentialId, publicKey: 'key', counter: 0 })
      .returning()
    return `${made?.id}`
  }
  async function signedIn({ email }: Person) {
    const answer = await app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: { email, password } })
    const cookie = answer.cookies.map((each) => `${each.name}=${each.value}`).join('; ')
    const sessions = (await app.inject({ url: '/api/me/sessions', headers: { cookie } })).json()
    return { cookie, sessionId: sessions.find((each: { isCurrent: boolean }) => each.isCurrent).id as string }
  }

  const published = await recorded(author)
  await post(member, `/api/updates/${published.updateId}/comments`, { text: 'For the author' })
  const [notice] = (await as(author).inject({ url: '/api/notifications' })).json().items
  const link = await share(author, `${published.updateId}`)
  const invitation = await post(owner, '/api/invitations')

  const secretId = await channel(insider, 'Secret', [former])
  const secret = await recorded(insider, secretId)
  const whisper = await post(former, `/api/updates/${secret.updateId}/comments`, { text: 'Psst' })
  await done(insider, { method: 'DELETE', url: `/api/channels/${secretId}/members/${former.id}` })

  async function trashed(person: Person, update: { title: string; channelId?: string }): Promise<string> {
    const { id } = await given.update(person, update)
    await done(person, { method: 'DELETE', url: `/api/updates/${id}` })
    return id
  }
  const draft = await given.update(author, { video: { tracks: ['main'] } })
  const answer = await post(author, `/api/updates/${published.updateId}/comments`, { text: '', video: { tracks: ['main'] } })

  const hook = (): Promise<{ id: string }> =>
    post(owner, '/api/webhooks', { url: 'https://example.org/hook', events: ['member.joined'] })
  const { id: webhookId } = await hook()
  const delivery = await post(owner, `/api/webhooks/${webhookId}/test`)

  const reel = async (person: Person, updateId: string, channelId: string | null = null): Promise<string> =>
    (await post(person, '/api/reels', { title: 'Reel', channelId, updateIds: [updateId] })).id
  const feed = async (person: Person): Promise<string> => (await post(person, '/api/me/podcasts', {})).id
  const decided = async (person: Person, updateId: unknown): Promise<string> =>
    (await post(person, `/api/updates/${updateId}/decisions`, { text: 'We do' })).id

  const shared: Target = {
    reelId: await reel(author, `${published.updateId}`),
    feedId: await feed(author),
    roundId: crypto.randomUUID(),
    webhookId,
    deliveryId: delivery.id,
    ...published,
    channelId: await channel(author, 'Team', [member, admin, owner, bystander]),
    linkId: link.id,
    notificationId: notice.id,
    userId: bystander.id,
    sessionId: (await signedIn(author)).sessionId,
    invitationId: invitation.id,
    tokenId: (await post(author, '/api/me/tokens', { name: 'Script', scopes: ['read'], expiresInDays: 1 })).id,
    passkeyId: await passkey(author),
    trashedId: await trashed(author, { title: 'Gone' }),
    transferId: crypto.randomUUID(),
    targetId: crypto.randomUUID(),
    workspaceId: (await as(owner).inject({ url: '/api/workspace' })).json().id,
    token: 'none',
    track: 'main',
    number: '1',
    stage: 'probe',
    language: 'en',
    emoji: encodeURIComponent('👍'),
    decisionId: await decided(author, published.updateId),
    meetingId: (await post(owner, '/api/replaced-meetings', meeting)).id,
    pairingId: await pairing(author),
    questionId: 'how',
    ...(await hiring(author)),
  }
  shared.templateId = await template(author, shared.positionId)
  const manager = await managerLink(author, shared.positionId)
  shared.managerLinkId = `${manager.managerLinkId}`
  const secretPosition = await hiring(insider)
  secretPosition.managerLinkId = `${(await managerLink(insider, secretPosition.positionId)).managerLinkId}`
  const secretReelId = await reel(insider, `${secret.updateId}`, secretId)
  await app.db.insert(schema.urgents).values({
    workspaceId: `${shared.workspaceId}`,
    commentId: `${shared.commentId}`,
    askerId: member.id,
    receiverId: author.id,
    reason: 'It burns',
    channel: 'mail',
  })
  /** There are no links to what is not published. */
  const nothing = {
    commentId: answer.id,
    linkId: crypto.randomUUID(),
    channelId: secretId,
    reelId: secretReelId,
    decisionId: crypto.randomUUID(),
  }
  const targets: Record<'shared' | 'secret' | 'draft' | 'answer', Target> = {
    shared,
    secret: {
      ...shared,
      ...secret,
      commentId: whisper.id,
      decisionId: await decided(insider, secret.updateId),
      pairingId: await pairing(insider),
      ...secretPosition,
      trashedId: await trashed(insider, { title: 'Shredded', channelId: secretId }),
      channelId: secretId,
      reelId: secretReelId,
      linkId: (await share(insider, `${secret.updateId}`)).id,
    },
    draft: { ...shared, ...nothing, updateId: draft.id, videoId: `${draft.videoId}` },
    answer: { ...shared, ...nothing, updateId: draft.id, videoId: answer.videoId },
  }

  // Of each channel a check-in of its author, and a round of it.
  for (const [on, person] of [
    [shared, author],
    [targets.secret, insider],
  ] as const)
    Object.assign(on, await round(person, on))
  for (const on of [targets.draft, targets.answer]) Object.assign(on, roundOf(targets.secret))

  const elsewhere = await share(author, (await given.update(author, { title: 'Elsewhere' })).id)
  const ended = await share(author, `${published.updateId}`)
  const expired = await share(author, `${published.updateId}`)
  const byLink = await guest(link, { name: 'Mia' })
  const byOthers = {
    elsewhere: await guest(elsewhere, { name: 'Noah' }),
    ended: await guest(ended, { name: 'Olga' }),
    expired: await guest(expired, { name: 'Paul' }),
  }
  await revoke(author, ended)
  await app.db.execute(`update share_links set expires_at = now() - interval '1 second' where id = '${expired.id}'`)
  await done(owner, { method: 'DELETE', url: `/api/members/${removed.id}` })
  const left = await signedIn(author)
  await done(author, { method: 'DELETE', url: `/api/me/sessions/${left.sessionId}` })

  async function ask(person: Person, updateId: string) {
    await app.db.insert(schema.updateAsks).values({ updateId, userId: person.id })
  }
  for (const person of [letIn, shutOut]) {
    await ask(person, `${secret.updateId}`)
    await put(insider, `/api/updates/${secret.updateId}/grants/${person.id}`)
  }
  await done(insider, { method: 'DELETE', url: `/api/updates/${secret.updateId}/grants/${shutOut.id}` })

  const token = (person: Person, scopes: string[]): Promise<{ id: string; token: string }> =>
    post(person, '/api/me/tokens', { name: 'Script', scopes, expiresInDays: 1 })
  const byToken = async (scopes: string[]): Promise<Send> => {
    const { token: bearer } = await token(owner, scopes)
    return (options) => app.inject({ ...options, headers: { ...options.headers, authorization: `Bearer ${bearer}` } })
  }
  /** The owner's API tokens, by the scope that each lacks; and one that has expired. */
  const tokens = {
    read: await byToken(['write', 'admin']),
    write: await byToken(['read', 'admin']),
    admin: await byToken(['read', 'write']),
    all: await byToken(['read', 'write', 'admin']),
    expired: await byToken(['read', 'write', 'admin']),
  }
  await app.db.execute(`update api_tokens set expires_at = now() where created_at = (select max(created_at) from api_tokens)`)

  const by = (person: Person, on: Target = shared) => ({ on, send: as(person).inject as Send })
  const viewers: Record<ViewerName, { on: Target; send: Send }> = {
    nobody: { on: shared, send: (options) => app.inject(options) },
    'revoked session': by({ ...author, cookie: left.cookie }),
    guest: { on: shared, send: byLink.inject },
    'guest of another link': { on: shared, send: byOthers.elsewhere.inject },
    'guest of a revoked link': { on: shared, send: byOthers.ended.inject },
    'guest of an expired link': { on: shared, send: byOthers.expired.inject },
    'guest, of a private channel': { on: targets.secret, send: byLink.inject },
    candidate: { on: shared, send: candidate({ url: `${shared.candidateUrl}` }).send },
    'manager-by-link': { on: { ...shared, token: `${manager.token}` }, send: (options) => app.inject(options) },
    'member of another workspace': by(foreigner),
    'removed member': by(removed),
    'member without the channel': by(member, targets.secret),
    'former member of the channel': by(former, targets.secret),
    'owner without the channel': by(owner, targets.secret),
    'member, of a draft': by(member, targets.draft),
    'member, of an answer that is recorded': by(member, targets.answer),
    'let in': by(letIn, targets.secret),
    'let in, then revoked': by(shutOut, targets.secret),
    member: by(member),
    author: by(author),
    admin: by(admin),
    owner: by(owner),
  }

  const fresh: Record<FreshKind, () => Promise<Target>> = {
    async update() {
      const made = await recorded(author)
      return { ...made, linkId: (await share(author, `${made.updateId}`)).id }
    },
    person: async () => ({ userId: (await given.person('Zoe')).id }),
    async seat() {
      await put(author, `/api/channels/${shared.channelId}/members/${bystander.id}`)
      return {}
    },
    async ask() {
      const asker = await given.stranger('Asker')
      await ask(asker, `${published.updateId}`)
      return { userId: asker.id }
    },
    reel: async () => ({ reelId: await reel(author, `${published.updateId}`) }),
    feed: async () => ({ feedId: await feed(author) }),
    async post() {
      const values = {
        channelId: `${shared.channelId}`,
        format: 'slack' as const,
        url: 'https://example.org/hook',
        time: '16:00',
        timeZone: 'UTC',
      }
      const [made] = await app.db.insert(schema.postTargets).values(values).returning()
      return { targetId: `${made?.id}` }
    },
    session: async () => ({ sessionId: (await signedIn(author)).sessionId }),
    webhook: async () => ({ webhookId: (await hook()).id }),
    token: async () => ({ tokenId: (await token(author, ['read'])).id }),
    trashed: async () => ({ trashedId: await trashed(author, { title: 'Gone' }) }),
    async role() {
      await put(author, `/api/positions/${shared.positionId}/people/${bystander.id}`, { role: 'observer' })
      return {}
    },
    template: async () => ({ templateId: await template(author, shared.positionId) }),
    async 'manager link'() {
      const { managerLinkId } = await managerLink(author, shared.positionId)
      return { managerLinkId: `${managerLinkId}` }
    },
    candidate: () => candidateOf(author, `${shared.positionId}`),
    pairing: async () => ({ pairingId: await pairing(author) }),
    passkey: async () => ({ passkeyId: await passkey(author) }),
    meeting: async () => ({ meetingId: (await post(owner, '/api/replaced-meetings', meeting)).id }),
    invitation: async () => ({ invitationId: (await post(owner, '/api/invitations')).id }),
  }

  return { ...started, viewers, tokens, fresh, targets, people: { owner, author, member, former, removed, foreigner } }
}
export type Scene = Awaited<ReturnType<typeof openScene>>
