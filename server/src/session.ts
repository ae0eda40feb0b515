import type { Role } from '@meanwhile/shared/contract/auth'
import type { PlaybackChoice } from '@meanwhile/shared/contract/playback'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { Rate } from '@meanwhile/shared/media/rates'
import type { FastifyRequest } from 'fastify'

/** Who makes a request: a person in their workspace. */
export type Viewer = {
  id: string
  name: string
  email: string
  /** The speed at which they watch: chosen by them, else by the workspace. */
  rate: Rate
  role: Role
  /** What they chose for themselves, null where they did not. */
  playback: PlaybackChoice
  workspace: { id: string; name: string; playback: Partial<PlaybackChoice> }
}

/** @throws {ProblemError} `signed-out` */
export function requireViewer(request: FastifyRequest): Viewer {
  if (!request.viewer) throw new ProblemError('signed-out')
  return request.viewer
}

/** @throws {ProblemError} `signed-out`, or `forbidden` for a plain member */
export function requireAdmin(request: FastifyRequest): Viewer {
  const viewer = requireViewer(request)
  if (viewer.role === 'member') throw new ProblemError('forbidden', 'Ask the owner or an admin of the workspace.')
  return viewer
}
