import { schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'
import { startApp } from './app.ts'
import { cutRecording } from './cut.ts'
import type { Person } from './given.ts'
import { interviewsOn } from './interview.ts'

export const hour = 3_600_000
export const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString()
/** What was wrong, by the type of its problem. */
export const code = (answer: { json(): { type: string } }) => answer.json().type.replace('/problems/', '')

/** A position that Ada owns, Ben reviews and Cem observes, in the workspace of Olga, who has no role in it; with candidates through the API. */
export async function startCandidacies() {
  const started = await startApp()
  const { app, given, db } = started
  const interviews = interviewsOn(app)
  const { ask, done, position, invited, candidate } = interviews
  const olga = await given.person('Olga')
  const [ada, ben, cem] = [await given.person('Ada'), await given.person('Ben'), await given.person('Cem')]
  const cut = await cutRecording({ ms: 2000 })
  const positionId = await position(ada)
  await done(ada, 'PUT', `/api/positions/${positionId}/people/${ben.id}`, { role: 'reviewer' })
  await done(ada, 'PUT', `/api/positions/${positionId}/people/${cem.id}`, { role: 'observer' })

  function wantsStatus(status: number, answer: { statusCode: number; body: string }) {
    if (answer.statusCode !== status) throw new Error(`${answer.statusCode} instead of ${status}: ${answer.body}`)
  }
  /** Somebody who has consented. */
  async function begun(draft: object = { name: 'Kim' }) {
    const [invitation] = await invited(ada, positionId, draft)
    const kim = candidate(invitation!)
    wantsStatus(200, await kim.consent())
    return { ...kim, id: invitation!.id }
  }
  /** A complete take. */
  async function take(kim: Awaited<ReturnType<typeof begun>>, answer: object = { questionId: 'why', way: 'video' }) {
    const started = await kim.begin(answer)
    wantsStatus(201, started)
    const { id, videoId } = started.json() as { id: string; videoId: string }
    wantsStatus(200, await kim.upload(videoId, cut))
    return { id, videoId }
  }
  const sheet = async (person: Person, id: string) => (await ask(person, 'GET', `/api/candidate-invitations/${id}`)).json()
  const sees = async (person: Person, updateId: string) =>
    (await ask(person, 'GET', `/api/updates/${updateId}`)).statusCode === 200
  const { candidateInvitations } = schema
  const rowOf = async (id: string) => (await db.select().from(candidateInvitations).where(eq(candidateInvitations.id, id)))[0]
  return { ...started, ...interviews, olga, ada, ben, cem, cut, positionId, begun, take, sheet, sees, rowOf }
}
