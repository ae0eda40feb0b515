import { expect, test } from 'vitest'
import type { Scene } from './scene.ts'

/** What is a list or a page has no id that one could be refused for: it is empty of what one may not see. */
export function testLists({ as, env, people, targets }: Scene) {
  test('of a private channel nothing is in the lists, on the page or in previews of those who are not in it', async () => {
    const { secret } = targets
    const hints = [
      secret.channelId,
      secret.updateId,
      secret.videoId,
      secret.commentId,
      secret.trashedId,
      secret.pairingId,
      'Secret',
      'Psst',
      'Shredded',
    ].map(String)
    const page = `/u/${secret.updateId}`
    for (const person of [people.member, people.owner, people.former]) {
      const ask = (url: string) => as(person).inject({ url })
      const urls = [
        '/api/updates',
        '/api/channels',
        '/api/notifications',
        '/api/me/asked',
        '/api/me/rounds',
        '/api/me/decisions',
        '/api/pairings',
        '/api/trash',
        '/api/reel?from=unseen',
        '/api/reels',
        page,
        `/embed/${secret.updateId}`,
        '/api/me',
      ]
      const bodies = await Promise.all(urls.map(async (url) => (await ask(url)).body.replaceAll(page, '')))
      for (const hint of hints) expect(bodies.filter((body) => body.includes(hint))).toEqual([])
      expect((await ask(`/api/oembed?url=${encodeURIComponent(env.PUBLIC_URL + page)}`)).statusCode).toBe(404)
      expect((await ask(`/api/updates?channelId=${secret.channelId}`)).statusCode).toBe(404)
    }
  })

  test('lists hold nothing of another workspace', async () => {
    const read = async (url: string) => (await as(people.foreigner).inject({ url })).json()
    expect((await read('/api/updates?limit=100')).items).toEqual([])
    expect(await read('/api/members')).toMatchObject([{ name: 'Mallory' }])
    expect(await read('/api/invitations')).toEqual([])
    expect((await read('/api/channels')).items).toEqual([])
    expect((await read('/api/trash')).items).toEqual([])
    expect(await read('/api/notifications')).toMatchObject({ items: [], unread: 0 })
    expect(await read('/api/workspace')).toMatchObject({ name: 'Elsewhere' })
  })

  test('the author may do all of it to the video of an own draft', async () => {
    const url = `/api/videos/${targets.draft.videoId}`
    for (const path of ['', '/receipt', '/upload', '/captions'])
      expect((await as(people.author).inject({ url: url + path })).statusCode, path).toBe(200)
    const said = await as(people.author).inject({ method: 'PUT', url: `${url}/upload`, payload: { tracks: {}, clockMs: 0 } })
    expect(said.statusCode).toBe(200)
  })

  test('who was removed keeps what is their own', async () => {
    expect((await as(people.removed).inject({ url: '/api/me/sessions' })).json()).toHaveLength(1)
    expect((await as(people.removed).inject({ url: '/api/me/workspaces' })).json()).toMatchObject({ items: [] })
  })
}
