import type { Person } from '../support/given.ts'
import { interviewsOn } from '../support/interview.ts'
import type { startScene } from './scene.ts'

export type AskedQuestion = { id: string; text: string; ways: string[] } & Record<string, unknown>
export type Invited = { id: string; url: string; token: string; path: string; positionId: string }

/** Interviews and one candidate each, for tests of their page: all of it through the API. */
export function candidaciesOn({ app, as }: Pick<Awaited<ReturnType<typeof startScene>>, 'app' | 'as'>) {
  const interviews = interviewsOn(app)

  /** A position that asks these questions. @returns its id */
  async function position(
    owner: Person,
    questions: AskedQuestion[],
    { title = 'Gardener', intro, outro, ...rules }: Record<string, unknown> = {},
  ) {
    const content = { ...(intro ? { intro } : {}), ...(outro ? { outro } : {}), questions }
    const id = await interviews.position(owner, content, `${title}`)
    await interviews.done(owner, 'PATCH', `/api/positions/${id}`, rules)
    return id
  }

  async function invited(owner: Person, positionId: string, candidate: Record<string, unknown> = {}): Promise<Invited> {
    const [made] = await interviews.invited(owner, positionId, { name: 'Ana Ruiz', ...candidate })
    const { pathname } = new URL(`${made?.url}`)
    return { id: `${made?.id}`, url: `${made?.url}`, path: pathname, token: pathname.slice('/i/'.length), positionId }
  }

  const change = (owner: Person, { id }: Invited, payload: object) =>
    interviews.done(owner, 'PATCH', `/api/candidate-invitations/${id}`, payload)
  const close = (owner: Person, { positionId }: Invited) =>
    interviews.done(owner, 'PATCH', `/api/positions/${positionId}`, { isClosed: true })
  /** What the team sees of a candidate. */
  const sheet = async (person: Person, { id }: Invited) =>
    (await as(person).inject({ url: `/api/candidate-invitations/${id}` })).json()
  /** What the API answers the candidate. */
  const candidatePage = (invitation: Invited) => interviews.candidate(invitation).say('GET', '')

  return { position, invited, change, close, sheet, candidatePage }
}
