import type { Role } from '@meanwhile/shared/contract/auth'
import type { PlaybackChoice } from '@meanwhile/shared/contract/playback'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { ShareComments } from '@meanwhile/shared/contract/share-links'
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

/** Somebody who came by a share link and has no account in the workspace: they see one update, as its rules say. */
export type Guest = Omit<Viewer, 'email' | 'role'> & {
  role: 'guest'
  /** Empty until they said it. */
  name: string
  /** A cookie names them. Whoever is not known, as inside of other sites' pages, reads alone. */
  isKnown: boolean
  link: { id: string; token: string; updateId: string; comments: ShareComments; allowDownload: boolean }
}

/** Who may read: what a guest may not do is asked of a `Viewer`. */
export type Reader = Viewer | Guest

/** @throws {ProblemError} `signed-out` */
export function requireViewer(request: FastifyRequest): Viewer {
  if (!request.viewer) throw new ProblemError('signed-out')
  return request.viewer
}

/**
 * A guest where a share link is named, else the person who is signed in.
 * @throws {ProblemError} `signed-out`, and what is wrong with the link: `not-found`, `share-link-locked`, `share-link-ended`
 */
export function requireReader(request: FastifyRequest): Reader {
  if (request.guest instanceof ProblemError) throw request.guest
  return request.guest ?? requireViewer(request)
}

/** @throws {ProblemError} `signed-out`, or `forbidden` for a plain member */
export function requireAdmin(request: FastifyRequest): Viewer {
  const viewer = requireViewer(request)
  if (viewer.role === 'member') throw new ProblemError('forbidden', 'Ask the owner or an admin of the workspace.')
  return viewer
}
