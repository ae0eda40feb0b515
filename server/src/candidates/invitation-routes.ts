import {
  changeInvitation,
  createInvitations,
  eraseInvitation,
  listInvitations,
  readInvitation,
  reopenAnswer,
} from '@meanwhile/shared/contract/candidate-invitations'
import { rememberErasure } from '@meanwhile/shared/platform/erasure-ledger'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { urlsFor } from '../media/urls.ts'
import {
  requireOpenPosition,
  requireOwnedInvitation,
  requireVisibleInvitation,
  requireVisiblePosition,
} from '../positions/access.ts'
import { requireViewer } from '../session.ts'
import { deleteMedia } from '../videos/after-commit.ts'
import { editInvitation, erase, invitationFor, invitationsOf, invite, sheetFor } from './invitations.ts'
import { reopenAnswer as reopen } from './reopen.ts'

/** Candidates as the team of a position sees them. */
export const invitationRoutes: FastifyPluginAsyncZod = async (app) => {
  const ofWriters = { rateLimit: { max: 120, timeWindow: '1 minute' } }
  const by = (request: FastifyRequest) => ({ actor: requireViewer(request), from: request.ip })

  app.route({
    ...listInvitations,
    handler: async (request) => {
      const { position, role } = await requireVisiblePosition(app.db, request.params.positionId, requireViewer(request))
      return { items: await invitationsOf(app.db, position.id, role, app.env, new Date()) }
    },
  })

  app.route({
    ...createInvitations,
    config: ofWriters,
    handler: async (request, reply) => {
      const position = await requireOpenPosition(app.db, request.params.positionId, requireViewer(request))
      const { candidates: drafts, byMail } = request.body
      const { ids, mailIds } = await invite(app.db, app, position, { drafts, byMail }, by(request))
      app.mails.offer(mailIds)
      const all = await invitationsOf(app.db, position.id, 'owner', app.env, new Date())
      const byId = new Map(all.map((each) => [each.id, each]))
      return reply.code(201).send({ items: ids.flatMap((id) => byId.get(id) ?? []) })
    },
  })

  app.route({
    ...readInvitation,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const seen = await requireVisibleInvitation(app.db, request.params.candidateId, viewer)
      const showing = { viewer, urls: urlsFor(app.env.MEDIA_SECRET, viewer), publicUrl: app.env.PUBLIC_URL }
      return sheetFor(app.db, seen, showing, app.env, new Date())
    },
  })

  app.route({
    ...changeInvitation,
    config: ofWriters,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const seen = await requireOwnedInvitation(app.db, request.params.candidateId, viewer)
      app.mails.offer(await editInvitation(app.db, app, seen, request.body, by(request)))
      return invitationFor(app.db, seen.invitation.id, seen.role, app.env, new Date())
    },
  })

  app.route({
    ...reopenAnswer,
    config: ofWriters,
    handler: async (request) => {
      const { candidateId, questionId } = request.params
      const seen = await requireOwnedInvitation(app.db, candidateId, requireViewer(request))
      const { gone, mailIds } = await reopen(app.db, app, seen, { questionId, until: request.body.until }, by(request))
      app.mails.offer(mailIds)
      deleteMedia(app, gone)
      return invitationFor(app.db, candidateId, seen.role, app.env, new Date())
    },
  })

  app.route({
    ...eraseInvitation,
    handler: async (request, reply) => {
      const { invitation } = await requireOwnedInvitation(app.db, request.params.candidateId, requireViewer(request))
      await rememberErasure(app.storage, invitation.id, new Date())
      deleteMedia(app, await erase(app.db, invitation, by(request)))
      return reply.code(204).send(null)
    },
  })
}
