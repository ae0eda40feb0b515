import type { App } from '@meanwhile/server/app'
import type { InjectOptions } from 'fastify'
import { bytesForm, type Cut, segmentForm } from './cut.ts'

export type Person = { id: string; name: string; email: string; cookie: string }

const password = 'correct horse battery'

/** What tests say first: people who signed up, updates that were recorded. All of it through the API. */
export function givenOn(app: App) {
  let count = 0
  const as = (person: Person | null) => ({
    inject: (options: InjectOptions) =>
      app.inject({ ...options, headers: { ...options.headers, ...(person ? { cookie: person.cookie } : {}) } }),
  })

  async function signUp(name: string, invitation?: string): Promise<Person> {
    const email = `${name.toLowerCase().replaceAll(' ', '-')}-${++count}@example.org`
    const answer = await app.inject({
      method: 'POST',
      url: '/api/auth/sign-up/email',
      payload: { name, email, password, invitation },
    })
    if (answer.statusCode !== 200) throw new Error(`sign-up answered ${answer.body}`)
    const cookie = answer.cookies.map((each) => `${each.name}=${each.value}`).join('; ')
    return { id: answer.json().user.id, name, email, cookie }
  }

  let owner: Person | undefined
  const given = {
    /** The owner at first, then members whom the owner invited. */
    async person(name: string): Promise<Person> {
      if (!owner) {
        owner = await signUp(name)
        return owner
      }
      const invitation = await as(owner).inject({ method: 'POST', url: '/api/invitations' })
      return signUp(name, invitation.json().token)
    },
    /** Somebody with an account whose workspace is another one. */
    async stranger(name: string): Promise<Person> {
      const stranger = await given.person(name)
      const [workspace] = await app.db.execute<{ id: string }>(`insert into workspaces (name) values ('Elsewhere') returning id`)
      await app.db.execute(
        `update members set workspace_id = '${workspace?.id}', role = 'owner' where user_id = '${stranger.id}'`,
      )
      return stranger
    },
    async update(author: Person, payload: object = { title: 'Monday' }) {
      const created = await as(author).inject({ method: 'POST', url: '/api/updates', payload })
      return created.json() as { id: string; videoId: string | null; url: string }
    },
    /** An update with a finished recording made of the given segments, with a camera beside it where one is given. */
    async recording(author: Person, cut: Cut, title = 'A recording', camera?: Cut) {
      const tracks = { main: cut, ...(camera ? { camera } : {}) }
      const { id, videoId } = await given.update(author, { title, video: { tracks: Object.keys(tracks) } })
      const segments: Record<string, { segments: number }> = {}
      for (const [track, { numbers }] of Object.entries(tracks)) {
        for (const number of numbers) await send(author, `${videoId}`, track, number, track === 'camera' && camera ? camera : cut)
        segments[track] = { segments: numbers.length - 1 }
      }
      const finished = await finish(author, `${videoId}`, segments)
      if (finished.statusCode !== 200) throw new Error(`finish answered ${finished.body}`)
      return { id, videoId: `${videoId}` }
    },
    /** What the author changed about a video afterwards. */
    async edit(author: Person, videoId: string, payload: object) {
      const edited = await as(author).inject({ method: 'PATCH', url: `/api/videos/${videoId}`, payload })
      if (edited.statusCode !== 200) throw new Error(`the change was answered ${edited.body}`)
      return edited.json()
    },
  }

  const send = async (
    author: Person | null,
    videoId: string,
    track: string,
    number: number,
    cut: Cut,
    change: Record<string, string> = {},
  ) =>
    as(author).inject({
      method: 'PUT',
      url: `/api/videos/${videoId}/tracks/${track}/segments/${number}`,
      ...(await segmentForm(cut, number, change)),
    })
  const finish = (author: Person | null, videoId: string, tracks: object) =>
    as(author).inject({ method: 'POST', url: `/api/videos/${videoId}/finish`, payload: { tracks } })

  const sendPart = async (
    author: Person | null,
    videoId: string,
    number: number,
    bytes: Buffer,
    change: Record<string, string> = {},
  ) =>
    as(author).inject({
      method: 'PUT',
      url: `/api/videos/${videoId}/file/parts/${number}`,
      ...(await bytesForm(bytes, change)),
    })

  return { as, given, signUp, send, sendPart, finish, password }
}
