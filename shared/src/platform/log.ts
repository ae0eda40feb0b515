import { isatty } from 'node:tty'
import pino from 'pino'

export type Log = pino.Logger

/** Secrets that may stand in a logged object. */
const redact = ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.token', '*.secret']

/** JSON lines, or readable ones on a terminal. `name` is the part of the house that speaks. */
export function createLog(level: string, name: string): Log {
  const pretty = isatty(1)
    ? { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'HH:MM:ss' } } }
    : {}
  return pino({ name, level, redact, ...pretty })
}
