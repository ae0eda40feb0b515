import {
  chooseLanguage,
  chooseTake,
  consentVersion,
  giveConsent,
  readCandidatePage,
  submitAnswers,
  withdrawCandidate,
  writeAnswer,
} from '@meanwhile/shared/contract/candidate'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { TimeZone } from '@meanwhile/shared/contract/profile'
import { rememberErasure } from '@meanwhile/shared/platform/erasure-ledger'
import { mailSiteOf } from '@meanwhile/shared/platform/mail-site'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { mediaUrls } from '../media/urls.ts'
import { requireCandidate } from '../session.ts'
import { deleteMedia } from '../videos/after-commit.ts'
import { choose, consent, speak, submit, withdraw, writeText } from './answers.ts'
import { candidatePage } from './candidate-page.ts'

/** An interview as a candidate goes through it. Recordings take the way of all others. */
export const candidateRoutes: FastifyPluginAsyncZod = async (app) => {
  const ofCandidates = { rateLimit: { max: 120, timeWindow: '1 minute' } }
  const page = (request: FastifyRequest) =>
    candidatePage(app.db, requireCandidate(request), mediaUrls(app.env.MEDIA_SECRET), new Date())

  app.route({ ...readCandidatePage, config: ofCandidates, handler: page })

  app.route({
    ...giveConsent,
    config: ofCandidates,
    handler: async (request) => {
      const { version, language, timeZone } = request.body
      if (version !== consentVersion)
        throw new ProblemError('consent-needed', 'The text has changed: load the page again and read it.')
      // A zone that only their browser knows keeps nobody from answering.
      const known = TimeZone.safeParse(timeZone).data
      await consent(app.db, requireCandidate(request), { version, language, timeZone: known }, new Date())
      return page(request)
    },
  })

  app.route({
    ...chooseLanguage,
    config: ofCandidates,
    handler: async (request, reply) => {
      await speak(app.db, requireCandidate(request), request.body.language)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...writeAnswer,
    config: ofCandidates,
    handler: async (request) => {
      await writeText(app.db, requireCandidate(request), request.params.questionId, request.body.text)
      return page(request)
    },
  })

  app.route({
    ...chooseTake,
    config: ofCandidates,
    handler: async (request) => {
      await choose(app.db, requireCandidate(request), request.params.takeId)
      return page(request)
    },
  })

  app.route({
    ...submitAnswers,
    config: ofCandidates,
    handler: async (request) => {
      const site = app.mails.isSet ? mailSiteOf(app.env) : null
      const { gone, mailIds } = await submit(app.db, requireCandidate(request), site, new Date())
      app.mails.offer(mailIds)
      deleteMedia(app, gone)
      return page(request)
    },
  })

  app.route({
    ...withdrawCandidate,
    config: ofCandidates,
    handler: async (request, reply) => {
      const candidate = requireCandidate(request)
      await rememberErasure(app.storage, candidate.id, new Date())
      deleteMedia(app, await withdraw(app.db, candidate, new Date()))
      return reply.code(204).send(null)
    },
  })
}
