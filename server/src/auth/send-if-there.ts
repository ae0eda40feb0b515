import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { Db } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import type { FastifyRequest } from 'fastify'
import type { Outbox } from '../mails/outbox.ts'

type Deps = { db: Db; env: RunningEnv; mails: Outbox }

/**
 * Sends something to an address, if there is an account with it. Nobody waits for it: neither the answer nor its time tells.
 * @param write writes the mails and returns their ids
 * @throws {ProblemError} `mail-off`
 */
export function sendIfThere(deps: Deps, request: FastifyRequest, write: (deps: Deps, email: string) => Promise<string[]>) {
  if (!deps.mails.isSet) throw new ProblemError('mail-off', 'Ask an admin of your workspace for a link.')
  const { email } = request.body as { email: string }
  setImmediate(() => {
    write(deps, email)
      .then((mailIds) => deps.mails.offer(mailIds))
      .catch((err) => request.log.error({ err }, 'a mail could not be written'))
  })
}
