import { ProblemError } from '@meanwhile/shared/contract/problem'
import { askShareCode, proveAddress } from '@meanwhile/shared/contract/share-links'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { Attempts } from '../auth/attempts.ts'
import { networkOf } from '../auth/network-of.ts'
import { sendIfThere } from '../auth/send-if-there.ts'
import { browserCookie, browserIn, mailShareCode, newBrowser, takeShareCode } from './codes.ts'
import { grantIn, neededBy } from './grant.ts'
import { letIn, requireShareLink } from './guests.ts'
import { isMemberOf, needsAddress, stateFor } from './share-state.ts'

const hourMs = 60 * 60_000
/** In an hour, whatever the addresses: of one link, and of one network for it. What is over is refused alike for every address. */
const mostOfLink = 300
const mostOfNetwork = 30
/** Wrong codes in an hour: of one link, from wherever they come, and of one network for it, which shuts nobody else out. */
const mostGuessesOfLink = 1000
const mostGuessesOfNetwork = 50

/** How guests prove an address, for links that are for people with certain ones. */
export const codeRoutes: FastifyPluginAsyncZod = async (app) => {
  const asksOfLink = new Attempts(mostOfLink, hourMs)
  const asksOfNetwork = new Attempts(mostOfNetwork, hourMs)
  const guessesOfLink = new Attempts(mostGuessesOfLink, hourMs)
  const guessesOfNetwork = new Attempts(mostGuessesOfNetwork, hourMs)
  const secure = app.env.PUBLIC_URL.startsWith('https:')

  /** @throws {ProblemError} `share-link-locked` where the password was not given yet */
  async function requireUnlocked(token: string, cookies: string | undefined) {
    const found = await requireShareLink(app, token)
    const needs = neededBy(found.link, grantIn(app.env.AUTH_SECRET, found.link, cookies))
    if (needs === 'password') throw new ProblemError('share-link-locked')
    return found
  }

  app.route({
    ...askShareCode,
    config: { rateLimit: { max: 20, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const { cookie: cookies } = request.headers
      const found = await requireUnlocked(request.params.token, cookies)
      const { link } = found
      if (link.emailDomains.length === 0) return reply.code(204).send(null)
      if (!app.mails.isSet) throw new ProblemError('mail-off', 'Ask who sent you the link for another one.')
      const isFew = asksOfNetwork.begin(`${networkOf(request.ip)} ${link.id}`) && asksOfLink.begin(link.id)
      if (!isFew) throw new ProblemError('too-many-requests', 'Try again in an hour.')
      const browser = browserIn(link.id, cookies) ?? newBrowser()
      sendIfThere(app, request, (deps, email) => mailShareCode(deps, found, email, browser))
      reply.header('set-cookie', browserCookie(link.id, browser, { secure }))
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...proveAddress,
    config: { rateLimit: { max: 20, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const { token } = request.params
      const { cookie: cookies } = request.headers
      const found = await requireUnlocked(token, cookies)
      const { id: linkId } = found.link
      if (await isMemberOf(app.db, request, found)) return stateFor(found, null)
      const network = `${networkOf(request.ip)} ${linkId}`
      if (!(guessesOfNetwork.begin(network) && guessesOfLink.begin(linkId)))
        throw new ProblemError('too-many-requests', 'Try again in an hour.')
      const { email, code } = request.body
      // Who never asked has nothing that a code could be tied to.
      const browser = browserIn(linkId, cookies) ?? newBrowser()
      const proved = await takeShareCode(app, { linkId, email, browser }, code)
      guessesOfNetwork.giveBack(network)
      guessesOfLink.giveBack(linkId)
      const { guest, cookie } = await letIn(app, found, token, { cookies, proved })
      reply.header('set-cookie', cookie)
      return guest ? stateFor(found, guest) : needsAddress
    },
  })
}
