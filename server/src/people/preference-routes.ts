import {
  changePreferences as changePreferencesEndpoint,
  changeWorkspace as changeWorkspaceEndpoint,
  readPreferences,
  readWorkspace,
} from '@meanwhile/shared/contract/preferences'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireAdmin, requireViewer } from '../session.ts'
import { changePreferences, changeWorkspace, preferencesOf, workspaceSettings } from './preferences.ts'

/** What people choose for themselves, and the workspace for those who do not. */
export const preferenceRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({ ...readPreferences, handler: (request) => preferencesOf(app.db, requireViewer(request).id) })

  app.route({
    ...changePreferencesEndpoint,
    handler: (request) => changePreferences(app.db, requireViewer(request).id, request.body),
  })

  app.route({ ...readWorkspace, handler: (request) => workspaceSettings(app.db, requireViewer(request).workspace.id) })

  app.route({
    ...changeWorkspaceEndpoint,
    handler: (request) => changeWorkspace(app.db, requireAdmin(request).workspace.id, request.body.playback),
  })
}
