import { changePreferences as changePreferencesEndpoint, readPreferences } from '@meanwhile/shared/contract/preferences'
import { changeProfile as changeProfileEndpoint, readProfile } from '@meanwhile/shared/contract/profile'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { appearanceCookie } from '../pages/appearance.ts'
import { requirePerson, requireViewer } from '../session.ts'
import { changePreferences, preferencesOf } from './preferences.ts'
import { changeProfile, profileOf } from './profile.ts'

/** What people choose for themselves, and say of themselves. */
export const preferenceRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({ ...readPreferences, handler: (request) => preferencesOf(app.db, requireViewer(request).id) })

  app.route({
    ...changePreferencesEndpoint,
    handler: async (request, reply) => {
      const preferences = await changePreferences(app.db, requireViewer(request).id, request.body)
      if (request.body.appearance) reply.header('set-cookie', appearanceCookie(preferences.appearance))
      return preferences
    },
  })

  app.route({ ...readProfile, handler: (request) => profileOf(app.db, requirePerson(request).id) })

  app.route({
    ...changeProfileEndpoint,
    handler: (request) => changeProfile(app.db, requirePerson(request).id, request.body),
  })
}
