import {
  deletePicture as deletePictureEndpoint,
  maxPictureBytes,
  pictureTypes,
  storePicture as storePictureEndpoint,
} from '@meanwhile/shared/contract/picture'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { keys } from '@meanwhile/shared/platform/keys'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { sendObject } from '../media/send-object.ts'
import { pictureUrl } from '../people/person-columns.ts'
import { requirePerson } from '../session.ts'
import { deleteObjects } from '../videos/after-commit.ts'
import { isPicture, removePicture, storePicture } from './queries.ts'
import { squarePicture } from './square-picture.ts'

const PictureParams = z.object({ personId: z.uuid(), name: z.uuid() })
const keptSeconds = 7 * 24 * 3600

/** The pictures of people. Each is authorised by its address alone, which is told where its person is named: guests have no session. */
export const pictureRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addContentTypeParser(pictureTypes, { parseAs: 'buffer', bodyLimit: maxPictureBytes }, (_request, body, done) =>
    done(null, body),
  )

  app.route({
    ...storePictureEndpoint,
    config: { rateLimit: { max: 20, timeWindow: '1 minute' } },
    bodyLimit: maxPictureBytes,
    // Before its body is read.
    onRequest: async (request) => void requirePerson(request),
    handler: async (request) => {
      const person = requirePerson(request)
      if (!(request.body instanceof Buffer)) throw new ProblemError('unsupported-media-type', 'Send the picture as it is.')
      const { key, withdrawn } = await storePicture(app, person.id, await squarePicture(request.body))
      deleteObjects(app, withdrawn)
      return { picture: pictureUrl(key) }
    },
  })

  app.route({
    ...deletePictureEndpoint,
    handler: async (request, reply) => {
      deleteObjects(app, await removePicture(app.db, requirePerson(request).id))
      return reply.code(204).send(null)
    },
  })

  app.get('/media/people/:personId/:name.webp', { schema: { hide: true, params: PictureParams } }, async (request, reply) => {
    const { personId, name } = request.params
    const key = keys.picture(personId, name)
    if (!(await isPicture(app.db, personId, key))) throw new ProblemError('not-found')
    reply.header('cache-control', `private, max-age=${keptSeconds}, immutable`)
    return sendObject(request, reply, app.storage, key)
  })
}
