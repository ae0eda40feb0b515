import type { Role } from '@meanwhile/shared/contract/auth'
import type { PlaybackChoice } from '@meanwhile/shared/contract/playback'
import type { Appearance } from '@meanwhile/shared/contract/preferences'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { ShareComments } from '@meanwhile/shared/contract/share-links'
import type { Rate } from '@meanwhile/shared/media/rates'
import type { FastifyRequest } from 'fastify'
import type { InterviewRow, InvitationRow, PositionRow } from './positions/rows.ts'

/** Who is signed in, whether or not they are in a workspace. With an API token `sessionId` is the id of that: no session has it. */
export type SignedIn = { id: string; name: string; email: string; sessionId: string }

/** Who makes a request: a person in one of their workspaces, the one that their session is in. */
export type Viewer = {
  id: string
  name: string
  /** Where their picture is, if they have one. */
  picture: string | null
  email: string
  /** The speed at which they watch: chosen by them, else by the workspace. */
  rate: Rate
  role: Role
  /** What they chose for themselves, null where they did not. */
  playback: PlaybackChoice
  appearance: Appearance
  workspace: { id: string; name: string; playback: Partial<PlaybackChoice> }
}

/** Somebody who came by a share link and has no account in the workspace: they see one update, as its rules say. */
export type Guest = Omit<Viewer, 'picture' | 'email' | 'role' | 'appearance'> & {
  role: 'guest'
  /** Empty until they said it. */
  name: string
  /** A cookie names them. Whoever is not known, as inside of other sites' pages, reads alone. */
  isKnown: boolean
  link: { id: string; token: string; updateId: string; comments: ShareComments; allowDownload: boolean }
}

/** Who came by an invitation to an interview and has no account: they make, send and see answers of their own, and nothing else. */
export type Candidate = Omit<Viewer, 'role'> & {
  role: 'candidate'
  invitation: InvitationRow
  position: PositionRow
  interview: InterviewRow
}

/** Who may record. */
export type Recorder = Viewer | Candidate

/** Who may read: what a guest may not do is asked of a `Viewer`. */
export type Reader = Viewer | Guest

/** Also somebody who is in no workspace. @throws {ProblemError} `signed-out` */
export function requirePerson(request: FastifyRequest): SignedIn {
  if (!request.person) throw new ProblemError('signed-out')
  return request.person
}

/** @throws {ProblemError} `signed-out`, or `no-workspace` for who is signed in and a member nowhere */
export function requireViewer(request: FastifyRequest): Viewer {
  if (request.viewer) return request.viewer
  requirePerson(request)
  throw new ProblemError('no-workspace', 'Ask somebody who is one for an invitation link, and open it.')
}

/**
 * A guest where a share link is named, else the person who is signed in.
 * @throws {ProblemError} `signed-out`, and what is wrong with the link: `not-found`, `share-link-locked`, `share-link-ended`
 */
export function requireReader(request: FastifyRequest): Reader {
  if (request.guest instanceof ProblemError) throw request.guest
  return request.guest ?? requireViewer(request)
}

/** @throws {ProblemError} `not-found` for whoever came by no invitation, and what is wrong with one: `not-found`, `invitation-ended` */
export function requireCandidate(request: FastifyRequest): Candidate {
  if (request.candidate instanceof ProblemError) throw request.candidate
  if (!request.candidate) throw new ProblemError('not-found')
  return request.candidate
}

/**
 * A candidate where an invitation is named, else as `requireReader`.
 * @throws {ProblemError} as `requireCandidate` and `requireReader`
 */
export function requireReaderOrCandidate(request: FastifyRequest): Reader | Candidate {
  return request.candidate ? requireCandidate(request) : requireReader(request)
}

/**
 * A candidate where an invitation is named, else the person who is signed in.
 * @throws {ProblemError} `signed-out`, `no-workspace`, and as `requireCandidate`
 */
export function requireRecorder(request: FastifyRequest): Recorder {
  return request.candidate ? requireCandidate(request) : requireViewer(request)
}

/** @throws {ProblemError} `signed-out`, or `forbidden` for a plain member */
export function requireAdmin(request: FastifyRequest): Viewer {
  const viewer = requireViewer(request)
  if (viewer.role === 'member') throw new ProblemError('forbidden', 'Ask the owner or an admin of the workspace.')
  return viewer
}

/** @throws {ProblemError} `signed-out`, or `forbidden` for everybody else */
export function requireOwner(request: FastifyRequest): Viewer {
  const viewer = requireViewer(request)
  if (viewer.role !== 'owner') throw new ProblemError('forbidden', 'Only the owner of the workspace can do this.')
  return viewer
}
