import { changeWorkspace as changeWorkspaceEndpoint, readWorkspace } from '@meanwhile/shared/contract/preferences'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { createWorkspace, joinWorkspace, listWorkspaces, switchWorkspace } from '@meanwhile/shared/contract/workspaces'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { findViewer } from '../people/queries.ts'
import { requireAdmin, requirePerson, requireViewer, type SignedIn, type Viewer } from '../session.ts'
import { addWorkspace, canCreate, changeWorkspace, joinBy, switchTo, workspaceSettings, workspacesOf } from './queries.ts'

export const workspaceRoutes: FastifyPluginAsyncZod = async (app) => {
  /** Who somebody is where they have just gone. */
  async function arrived({ id, sessionId }: SignedIn): Promise<Viewer> {
    const viewer = await findViewer(app.db, id, { sessionId })
    if (!viewer) throw new ProblemError('no-workspace')
    return viewer
  }

  app.route({
    ...listWorkspaces,
    handler: async (request) => {
      const person = requirePerson(request)
      const [items, may] = await Promise.all([
        workspacesOf(app.db, person, request.viewer?.workspace.id),
        canCreate(app.db, app.env.SIGNUP, person.id),
      ])
      return { items, canCreate: may }
    },
  })

  app.route({
    ...switchWorkspace,
    handler: async (request) => {
      const person = requirePerson(request)
      await switchTo(app.db, person, request.body.workspaceId)
      return arrived(person)
    },
  })

  app.route({
    ...createWorkspace,
    config: { rateLimit: { max: 10, timeWindow: '1 hour' } },
    handler: async (request, reply) => {
      const person = requirePerson(request)
      if (!(await canCreate(app.db, app.env.SIGNUP, person.id)))
        throw new ProblemError('forbidden', 'On this site only the owner of a workspace creates another.')
      await addWorkspace(app.db, person, request.body.name, request.ip)
      return reply.code(201).send(await arrived(person))
    },
  })

  app.route({
    ...joinWorkspace,
    config: { rateLimit: { max: 60, timeWindow: '1 minute' } },
    handler: async (request) => {
      const person = requirePerson(request)
      await joinBy(app.db, person, request.params.token, request.ip)
      return arrived(person)
    },
  })

  app.route({ ...readWorkspace, handler: (request) => workspaceSettings(app.db, requireViewer(request).workspace.id) })

  app.route({
    ...changeWorkspaceEndpoint,
    handler: (request) => changeWorkspace(app.db, requireAdmin(request), request.body, request.ip),
  })
}
