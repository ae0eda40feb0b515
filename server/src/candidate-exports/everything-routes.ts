import { linkEverything } from '@meanwhile/shared/contract/candidate'
import { securityOf } from '@meanwhile/shared/contract/endpoint'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { countedAs } from '../auth/counted-as.ts'
import { candidateOf } from '../candidates/find-candidate.ts'
import { type Candidate, requireCandidate } from '../session.ts'
import { candidateIn, everythingKey } from './everything-key.ts'
import { everythingZip } from './everything-zip.ts'
import { answerOf, asFile, fileName } from './sent-file.ts'

/** @throws {ProblemError} `invitation-ended` where the team took the link back */
function requireUnrevoked(candidate: Candidate): Candidate {
  if (candidate.invitation.revokedAt) throw new ProblemError('invitation-ended', 'Ask who sent it for a new one.')
  return candidate
}

/** What candidates take away of themselves, before and after they hand in. */
export const everythingRoutes: FastifyPluginAsyncZod = async (app) => {
  const few = { rateLimit: { max: 20, timeWindow: '1 minute' } }

  app.route({
    ...linkEverything,
    config: few,
    handler: async (request) => {
      const { id } = requireUnrevoked(requireCandidate(request))
      return { url: `/api/candidate/everything.zip?key=${everythingKey(app.env.MEDIA_SECRET, id)}` }
    },
  })

  /** A key is as good as the invitation. */
  const countedByKey = (request: FastifyRequest) => {
    const { key } = request.query as { key?: string }
    try {
      return key === undefined ? countedAs(request) : candidateIn(app.env.MEDIA_SECRET, key)
    } catch {
      return countedAs(request)
    }
  }

  async function candidateBy(request: FastifyRequest, key: string | undefined): Promise<Candidate> {
    if (key === undefined) return requireCandidate(request)
    const found = await candidateOf(app.db, candidateIn(app.env.MEDIA_SECRET, key))
    if (found instanceof ProblemError) throw found
    return found
  }

  app.get('/api/candidate/everything.zip', {
    exposeHeadRoute: false,
    schema: {
      summary: 'All that is stored of this candidate as one ZIP (by the header meanwhile-invitation, or a key made by it)',
      tags: ['candidate'],
      security: securityOf('open'),
      produces: ['application/zip'],
      querystring: z.object({
        key: z.string().max(200).optional().describe('Of the link that POST /api/candidate/everything makes'),
      }),
      response: answerOf('application/zip'),
    },
    config: { rateLimit: { ...few.rateLimit, keyGenerator: countedByKey } },
    handler: async (request, reply) => {
      const candidate = requireUnrevoked(await candidateBy(request, request.query.key))
      const zip = await everythingZip(app, candidate, new Date())
      return asFile(reply, 'application/zip', `${fileName(candidate.position.title)}.zip`).send(zip)
    },
  })
}
