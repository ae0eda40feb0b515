import {
  createImport,
  finishImport as finishImportEndpoint,
  ImportPartFields,
  listImportParts,
  storeImportPart as storeImportPartEndpoint,
} from '@meanwhile/shared/contract/imports'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireOwner } from '../session.ts'
import { requireRoomForImport } from '../storage-use/require-room.ts'
import { withReceivedFile } from '../videos/receive-file.ts'
import { addImport, finishImport, importParts, requireOwnImport, storeImportPart } from './imports.ts'
import { shownTransfer } from './queries.ts'

const partForm = { fields: ImportPartFields, tooLarge: 'part-too-large' } as const
/** An import has no file to be downloaded. */
const noUrl = () => ''

/** Exports that come in: a file in parts, then work for the worker. Their owners alone do this. */
export const importRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...createImport,
    config: { rateLimit: { max: 20, timeWindow: '1 hour' } },
    handler: async (request, reply) => {
      const actor = requireOwner(request)
      await requireRoomForImport(app, actor, request.body.sizeBytes)
      return reply.code(201).send(shownTransfer(await addImport(app.db, { actor, from: request.ip }, request.body), noUrl))
    },
  })

  app.route({
    ...storeImportPartEndpoint,
    config: { rateLimit: { max: 6000, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const { transferId, number } = request.params
      const transfer = await requireOwnImport(app.db, transferId, requireOwner(request))
      const { isNew, part } = await withReceivedFile(request, app.storage.incomingDir, partForm, (received) =>
        storeImportPart(app, transfer, number, received),
      )
      return reply.code(isNew ? 201 : 200).send(part)
    },
  })

  app.route({
    ...listImportParts,
    handler: async (request) => {
      const { id } = await requireOwnImport(app.db, request.params.transferId, requireOwner(request))
      return importParts(app.db, id)
    },
  })

  app.route({
    ...finishImportEndpoint,
    handler: async (request) => {
      const by = { actor: requireOwner(request), from: request.ip }
      return shownTransfer(await finishImport(app.db, by, request.params.transferId, request.body.parts), noUrl)
    },
  })
}
