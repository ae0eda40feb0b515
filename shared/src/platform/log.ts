import { isatty } from 'node:tty'
import pino from 'pino'
import { loggedError } from './logged-error.ts'

export type Log = pino.Logger

/** Secrets that may stand in a logged object. */
const redact = ['*.headers', '*.password', '*.token', '*.secret']

/**
 * JSON lines, or readable ones on a terminal.
 * @param name the part of the house that speaks
 * @param to where they go; default: the standard output
 */
export function createLog(level: string, name: string, to?: pino.DestinationStream): Log {
  const options = { name, level, redact, serializers: { err: loggedError } }
  if (to) return pino(options, to)
  const pretty = isatty(1)
    ? { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'HH:MM:ss' } } }
    : {}
  return pino({ ...options, ...pretty })
}
