import { securityOf } from '@meanwhile/shared/contract/endpoint'
import { PositionParams } from '@meanwhile/shared/contract/interviews'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import {
  requireOwnedInvitation,
  requireOwnedPosition,
  requireVisibleInvitation,
  requireVisiblePosition,
  type SeenPosition,
} from '../positions/access.ts'
import { requireViewer } from '../session.ts'
import { answersZip } from './answers-zip.ts'
import { candidatesCsv } from './candidates-csv.ts'
import { exportedOf, exportedOne } from './exported.ts'
import { saidBy } from './said-by.ts'
import { answerOf, asFile, fileName } from './sent-file.ts'
import { sheetPdf } from './sheet-pdf.ts'

const observersWatch = 'Observers watch; ask an owner of the position.'

/** What a hiring team takes away of a position. */
export const candidateExportRoutes: FastifyPluginAsyncZod = async (app) => {
  const few = { rateLimit: { max: 20, timeWindow: '1 minute' } }
  const schemaOf = (type: string, summary: string) => ({
    summary,
    tags: ['candidate-exports'],
    security: securityOf('read'),
    produces: [type],
    response: answerOf(type),
  })

  const needsOf = ({ title }: SeenPosition['position']) => ({
    db: app.db,
    storage: app.storage,
    positionTitle: title,
    publicUrl: app.env.PUBLIC_URL,
  })

  const note = (request: FastifyRequest, { position }: Pick<SeenPosition, 'position'>, details: Record<string, string>) =>
    recordAudit(app.db, {
      actor: requireViewer(request),
      from: request.ip,
      action: 'position.exported',
      target: { type: 'position', id: position.id, name: position.title },
      details,
    })

  app.get('/api/positions/:positionId/candidates.csv', {
    exposeHeadRoute: false,
    schema: {
      ...schemaOf('text/csv', 'Candidates with dates, decisions and the scores that this viewer may see (owners and reviewers)'),
      params: PositionParams,
    },
    config: few,
    handler: async (request, reply) => {
      const viewer = requireViewer(request)
      const seen = await requireVisiblePosition(app.db, request.params.positionId, viewer)
      if (seen.role === 'observer') throw new ProblemError('forbidden', observersWatch)
      const csv = candidatesCsv(await exportedOf(app.db, seen, viewer, app.env))
      await note(request, seen, { format: 'csv' })
      return asFile(reply, 'text/csv; charset=utf-8', `${fileName(seen.position.title)} candidates.csv`).send(csv)
    },
  })

  app.get('/api/positions/:positionId/candidates.zip', {
    exposeHeadRoute: false,
    schema: {
      ...schemaOf('application/zip', 'All that was handed in, with the list as CSV (owners of the position)'),
      params: PositionParams,
    },
    config: few,
    handler: async (request, reply) => {
      const viewer = requireViewer(request)
      const position = await requireOwnedPosition(app.db, request.params.positionId, viewer)
      const all = await exportedOf(app.db, { position, role: 'owner' }, viewer, app.env)
      await note(request, { position }, { format: 'zip' })
      return asFile(reply, 'application/zip', `${fileName(position.title)} candidates.zip`).send(
        answersZip(needsOf(position), all),
      )
    },
  })

  app.get('/api/candidate-invitations/:candidateId/answers.zip', {
    exposeHeadRoute: false,
    schema: {
      ...schemaOf('application/zip', 'What one candidate handed in, with their line as CSV (owners of the position)'),
      params: z.object({ candidateId: z.uuid() }),
    },
    config: few,
    handler: async (request, reply) => {
      const viewer = requireViewer(request)
      const seen = await requireOwnedInvitation(app.db, request.params.candidateId, viewer)
      const one = await exportedOne(app.db, seen, viewer, app.env)
      await note(request, seen, { format: 'zip', candidate: seen.invitation.id })
      return asFile(reply, 'application/zip', `${fileName(one.invitation.name)}.zip`).send(
        answersZip(needsOf(seen.position), [one]),
      )
    },
  })

  app.get('/api/candidate-invitations/:candidateId/sheet.pdf', {
    exposeHeadRoute: false,
    schema: {
      ...schemaOf(
        'application/pdf',
        'One candidate with answers, decision and the scores that this viewer may see (owners and reviewers)',
      ),
      params: z.object({ candidateId: z.uuid() }),
    },
    config: few,
    handler: async (request, reply) => {
      const viewer = requireViewer(request)
      const seen = await requireVisibleInvitation(app.db, request.params.candidateId, viewer)
      if (seen.role === 'observer') throw new ProblemError('forbidden', observersWatch)
      const one = await exportedOne(app.db, seen, viewer, app.env)
      const said = await saidBy(app.db, seen.invitation.id)
      await note(request, seen, { format: 'pdf', candidate: seen.invitation.id })
      return asFile(reply, 'application/pdf', `${fileName(one.invitation.name)}.pdf`).send(
        sheetPdf(one, said, needsOf(seen.position)),
      )
    },
  })
}
