import type { Person } from '../support/given.ts'
import type { startScene } from './scene.ts'

type Scene = Pick<Awaited<ReturnType<typeof startScene>>, 'as'>

export type AskedQuestion = { id: string; text: string; ways: string[] } & Record<string, unknown>
export type Invited = { id: string; url: string; token: string; path: string; positionId: string }

/** Interviews and those who are invited to them, for tests: all of it through the API. */
export function interviewsOn({ as }: Scene) {
  async function send(person: Person, method: 'POST' | 'PUT' | 'PATCH', url: string, payload: object) {
    const answer = await as(person).inject({ method, url, payload })
    if (answer.statusCode >= 300) throw new Error(`${method} ${url} answered ${answer.body}`)
    return answer.json()
  }

  /** A position that asks these questions. @returns its id */
  async function position(
    owner: Person,
    questions: AskedQuestion[],
    { title = 'Gardener', ...rules }: Record<string, unknown> = {},
  ) {
    const { intro, outro, ...rest } = rules
    const { id } = await send(owner, 'POST', '/api/positions', { title, ...rest })
    const { revision } = (await as(owner).inject({ url: `/api/positions/${id}/interview` })).json()
    const content = { ...(intro ? { intro } : {}), ...(outro ? { outro } : {}), questions }
    await send(owner, 'PUT', `/api/positions/${id}/interview`, { revision, content })
    return id as string
  }

  async function invited(owner: Person, positionId: string, candidate: Record<string, unknown> = {}): Promise<Invited> {
    const draft = { name: 'Ana Ruiz', ...candidate }
    const made = await send(owner, 'POST', `/api/positions/${positionId}/invitations`, { candidates: [draft] })
    const { id, url } = made.items[0] as { id: string; url: string }
    const { pathname } = new URL(url)
    return { id, url, path: pathname, token: pathname.slice('/i/'.length), positionId }
  }

  const change = (owner: Person, { id }: Invited, payload: object) =>
    send(owner, 'PATCH', `/api/candidate-invitations/${id}`, payload)
  const close = (owner: Person, { positionId }: Invited) =>
    send(owner, 'PATCH', `/api/positions/${positionId}`, { isClosed: true })
  /** What the team sees of a candidate. */
  const sheet = async (person: Person, { id }: Invited) =>
    (await as(person).inject({ url: `/api/candidate-invitations/${id}` })).json()
  /** What the API answers the candidate. */
  const candidatePage = ({ token }: Invited) =>
    as(null).inject({ url: '/api/candidate', headers: { 'meanwhile-invitation': token } })

  return { position, invited, change, close, sheet, candidatePage }
}
