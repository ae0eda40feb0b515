import type { App } from '@meanwhile/server/app'
import type { InjectOptions } from 'fastify'
import type { Person } from './given.ts'

export type Link = { id: string; url: string; embedUrl: string }

/** Share links and those who came by them, for tests: all of it through the API. */
export function guestsOn(app: App) {
  const send = (person: Person | null, options: InjectOptions) =>
    app.inject({ ...options, headers: { ...options.headers, ...(person ? { cookie: person.cookie } : {}) } })

  const tokenOf = ({ url }: Link) => url.slice(url.lastIndexOf('/') + 1)

  async function share(author: Person, updateId: string, rules: object = {}): Promise<Link> {
    const made = await send(author, { method: 'POST', url: `/api/updates/${updateId}/share-links`, payload: rules })
    if (made.statusCode !== 201) throw new Error(`the link was answered ${made.body}`)
    return made.json()
  }

  /** Somebody's browser that has opened a link, with a name where one is given. */
  async function guest(link: Link, { name, password, as = null }: { name?: string; password?: string; as?: Person | null } = {}) {
    const token = tokenOf(link)
    const opened = await send(as, { method: 'POST', url: `/api/share/${token}/open`, payload: { password } })
    const cookie = [as?.cookie, ...opened.cookies.map((each) => `${each.name}=${each.value}`)].filter(Boolean).join('; ')
    const inject = (options: InjectOptions) =>
      app.inject({ ...options, headers: { cookie, 'meanwhile-share': token, ...options.headers } })
    if (name) await inject({ method: 'PUT', url: `/api/share/${token}/name`, payload: { name } })
    return { inject, cookie, token, opened, id: opened.json().open?.guest?.id as string }
  }

  const revoke = (author: Person, { id }: Link) => send(author, { method: 'DELETE', url: `/api/share-links/${id}` })

  return { share, guest, revoke, tokenOf }
}
