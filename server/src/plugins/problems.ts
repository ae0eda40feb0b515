import { type FieldError, type ProblemCode, ProblemError, problemOf } from '@meanwhile/shared/contract/problem'
import { StorageFullError } from '@meanwhile/shared/platform/storage'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { safeHeaders } from './headers.ts'

const byFastifyCode: Record<string, ProblemCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'request-too-large',
  FST_REQ_FILE_TOO_LARGE: 'segment-too-large',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported-media-type',
}
/** Of the driver, of Node and of PostgreSQL (class 57: operator intervention). */
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  '57P01',
  '57P02',
  '57P03',
])

function causes(error: unknown): Error[] {
  const chain: Error[] = []
  for (let cause = error; cause instanceof Error && chain.length < 8; cause = cause.cause) chain.push(cause)
  return chain
}
const codeOf = (error: Error) => ('code' in error ? String(error.code) : '')

const fieldErrors = (validation: NonNullable<FastifyError['validation']>): FieldError[] =>
  validation.map(({ instancePath, message }) => ({
    field: instancePath.split('/').filter(Boolean).join('.'),
    message: message ?? 'is not valid',
  }))

/** What a person is told for an error; undefined for one of our own making. */
export function toProblem(error: FastifyError): ProblemError | undefined {
  const chain = causes(error)
  const own = chain.find((cause) => cause instanceof ProblemError)
  if (own) return own
  // An id that cannot exist and an id that does not exist look alike.
  if (error.validationContext === 'params') return new ProblemError('not-found')
  if (error.validation) return new ProblemError('invalid-request', undefined, { errors: fieldErrors(error.validation) })
  if (chain.some((cause) => cause instanceof StorageFullError || ['ENOSPC', 'EDQUOT'].includes(codeOf(cause))))
    return new ProblemError('storage-full')
  if (chain.some((cause) => unreachable.has(codeOf(cause)))) return new ProblemError('unavailable')
  const known = byFastifyCode[error.code]
  if (known) return new ProblemError(known)
  if (error.statusCode === 429) return new ProblemError('too-many-requests')
  return error.statusCode && error.statusCode < 500 ? new ProblemError('invalid-request', error.message) : undefined
}

/** Answers an error as RFC 9457 problem details; the unknown is logged whole and told by its title only. */
function answer(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const problem = toProblem(error)
  if (!problem) request.log.error({ err: error }, 'unexpected')
  const body = problemOf(problem?.code ?? 'internal', request.id, problem?.detail, problem?.extra)
  if (body.status === 503) reply.header('retry-after', '5')
  return reply.code(body.status).header('cache-control', 'no-store').type('application/problem+json').send(JSON.stringify(body))
}

/** What cannot be routed, such as a path with half of an escape, comes by no plugin. What it says of the path would only be an echo. */
export const answerUnroutable = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
  reply.headers(safeHeaders)
  void answer(Object.assign(error, { message: 'The address cannot be read.' }), request, reply)
}

export const problemsPlugin = fp(async (app) => {
  app.setErrorHandler(answer)
})
