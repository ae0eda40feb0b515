import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyRequest } from 'fastify'
import { networkOf } from './network-of.ts'

/** As whom a request counts where there is a limit: two hundred candidates may sit behind one network. */
export const countedAs = ({ candidate, person, ip }: FastifyRequest): string =>
  (candidate instanceof ProblemError ? undefined : candidate?.id) ?? person?.id ?? networkOf(ip)
