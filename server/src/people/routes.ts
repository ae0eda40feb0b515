import {
  changeMe,
  createInvitation,
  listInvitations,
  listMembers,
  readInvitation,
  readMe,
  revokeInvitation as revokeInvitationEndpoint,
} from '@meanwhile/shared/contract/auth'
import { inviteByMail as inviteByMailEndpoint } from '@meanwhile/shared/contract/members'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { findInvitation } from '../auth/invitation.ts'
import { authHeaders } from '../auth/relay.ts'
import { appearanceCookie, appearanceIn } from '../pages/appearance.ts'
import { requireAdmin, requirePerson, requireViewer } from '../session.ts'
import { inviteByMail } from './invite-by-mail.ts'
import { addInvitation, changePerson, findViewer, membersOf, openInvitations, revokeInvitation } from './queries.ts'

export const peopleRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...readMe,
    handler: async (request, reply) => {
      const viewer = requireViewer(request)
      // The one place where the session's cookie is prolonged: media and lists never set a cookie.
      const { headers } = await app.auth.api.getSession({ headers: authHeaders(request), returnHeaders: true })
      for (const cookie of headers.getSetCookie()) reply.header('set-cookie', cookie)
      if (appearanceIn(request.headers.cookie) !== viewer.appearance)
        reply.header('set-cookie', appearanceCookie(viewer.appearance))
      return viewer
    },
  })

  app.route({
    ...changeMe,
    handler: async (request) => {
      const viewer = requireViewer(request)
      await changePerson(app.db, viewer.id, request.body)
      const { sessionId } = requirePerson(request)
      return (await findViewer(app.db, viewer.id, { sessionId, workspaceId: viewer.workspace.id })) ?? viewer
    },
  })

  app.route({ ...listMembers, handler: (request) => membersOf(app.db, requireViewer(request)) })
  app.route({ ...listInvitations, handler: (request) => openInvitations(app.db, requireAdmin(request).workspace.id) })

  app.route({
    ...createInvitation,
    handler: async (request, reply) => {
      const admin = requireAdmin(request)
      const invitation = await app.db.transaction((tx) => addInvitation(tx, admin, request.ip))
      return reply.code(201).send({ ...invitation, url: `${app.env.PUBLIC_URL}/join/${invitation.token}` })
    },
  })

  app.route({
    ...inviteByMailEndpoint,
    config: { rateLimit: { max: 10, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const { invitations, mailIds } = await inviteByMail(app, requireAdmin(request), request.body.emails, request.ip)
      app.mails.offer(mailIds)
      return reply.code(201).send(invitations)
    },
  })

  app.route({
    ...revokeInvitationEndpoint,
    handler: async (request, reply) => {
      const admin = requireAdmin(request)
      if (!(await revokeInvitation(app.db, admin, request.params.invitationId, request.ip))) throw new ProblemError('not-found')
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...readInvitation,
    config: { rateLimit: { max: 60, timeWindow: '1 minute' } },
    handler: async (request) => {
      const invitation = await findInvitation(app.db, request.params.token)
      if (!invitation) throw new ProblemError('invitation-invalid', 'Ask the person who sent it for a new one.')
      return { ...invitation, newAccounts: app.env.SIGNUP !== 'closed' }
    },
  })
}
