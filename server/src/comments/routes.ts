import { listAsked } from '@meanwhile/shared/contract/asked'
import {
  changeComment,
  createComment,
  deleteComment as deleteCommentEndpoint,
  findPeople,
  hideComment as hideCommentEndpoint,
  listComments,
  readComment,
  readCommentHistory,
  reopenComment as reopenCommentEndpoint,
  resolveComment as resolveCommentEndpoint,
  showComment as showCommentEndpoint,
} from '@meanwhile/shared/contract/comments'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { decodeCursor } from '../cursor.ts'
import { urlsFor } from '../media/urls.ts'
import { type Reader, requireReader, requireViewer } from '../session.ts'
import { keepGuest } from '../share-links/guests.ts'
import { requireRoomForVideo } from '../storage-use/require-room.ts'
import { readsComments, requireVisibleUpdate } from '../updates/access.ts'
import { deleteMedia } from '../videos/after-commit.ts'
import { requireModeratedComment, requireOwnComment, requireResolvableComment, requireVisibleComment } from './access.ts'
import { addComment } from './add-comment.ts'
import { AskedCursor, askedOf } from './asked-of.ts'
import { deleteComment, editComment } from './change-comment.ts'
import { requireWords } from './guests.ts'
import { CommentCursor, commentsOn, findComment } from './list-comments.ts'
import { peopleSeeing } from './people.ts'
import { hideComment, historyOf, reopenComment, resolveComment, showComment } from './settle-comment.ts'

export const commentRoutes: FastifyPluginAsyncZod = async (app) => {
  const showing = <R extends Reader>(viewer: R) => ({ viewer, urls: urlsFor(app.env.MEDIA_SECRET, viewer) })
  const ofWriters = { rateLimit: { max: 120, timeWindow: '1 minute' } }

  /** The comment as it is told to this viewer; access was decided before. */
  async function shown(commentId: string, viewer: Reader, options = {}) {
    const comment = await findComment(app.db, commentId, showing(viewer), options)
    if (!comment) throw new ProblemError('not-found')
    return comment
  }

  app.route({
    ...listComments,
    handler: async (request) => {
      const viewer = requireReader(request)
      const update = await requireVisibleUpdate(app.db, request.params.updateId, viewer)
      if (!readsComments(viewer)) return { items: [], nextCursor: null }
      const { cursor, ...page } = request.query
      const from = cursor === undefined ? undefined : decodeCursor(cursor, CommentCursor)
      return commentsOn(app.db, update.id, showing(viewer), { ...page, cursor: from })
    },
  })

  app.route({
    ...createComment,
    config: ofWriters,
    handler: async (request, reply) => {
      const author = requireReader(request)
      const update = await requireVisibleUpdate(app.db, request.params.updateId, author)
      requireWords(author, request.body)
      await keepGuest(app.db, author)
      const { isNew, commentId } = await addComment(app.db, update, author, request.body, {
        admit: (tx) => requireRoomForVideo(tx, app.env, author),
        now: new Date(),
      })
      return reply.code(isNew ? 201 : 200).send(await shown(commentId, author, { evenGone: true }))
    },
  })

  app.route({
    ...readComment,
    handler: async (request) => {
      const viewer = requireReader(request)
      const comment = await shown(request.params.commentId, viewer)
      await requireVisibleUpdate(app.db, comment.updateId, viewer)
      if (!readsComments(viewer)) throw new ProblemError('not-found')
      return comment
    },
  })

  app.route({
    ...changeComment,
    config: ofWriters,
    handler: async (request) => {
      const viewer = requireReader(request)
      const found = await requireOwnComment(app.db, request.params.commentId, viewer)
      requireWords(viewer, request.body)
      await editComment(app.db, found, request.body, new Date())
      return shown(found.comment.id, viewer)
    },
  })

  app.route({
    ...deleteCommentEndpoint,
    handler: async (request, reply) => {
      const found = await requireOwnComment(app.db, request.params.commentId, requireReader(request))
      deleteMedia(app, await deleteComment(app.db, found))
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...readCommentHistory,
    handler: async (request) => {
      const viewer = requireViewer(request)
      return historyOf(app.db, await requireVisibleComment(app.db, request.params.commentId, viewer), viewer)
    },
  })

  app.route({
    ...resolveCommentEndpoint,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const found = await requireResolvableComment(app.db, request.params.commentId, viewer)
      await resolveComment(app.db, found, viewer, request.body)
      return shown(found.comment.id, viewer)
    },
  })

  app.route({
    ...reopenCommentEndpoint,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const found = await requireResolvableComment(app.db, request.params.commentId, viewer)
      await reopenComment(app.db, found, viewer, new Date())
      return shown(found.comment.id, viewer)
    },
  })

  app.route({
    ...hideCommentEndpoint,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const found = await requireModeratedComment(app.db, request.params.commentId, viewer)
      await hideComment(app.db, found, viewer)
      return shown(found.comment.id, viewer)
    },
  })

  app.route({
    ...showCommentEndpoint,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const found = await requireModeratedComment(app.db, request.params.commentId, viewer)
      await showComment(app.db, found, viewer)
      return shown(found.comment.id, viewer)
    },
  })

  app.route({
    ...listAsked,
    handler: (request) => {
      const { limit, cursor } = request.query
      const from = cursor === undefined ? undefined : decodeCursor(cursor, AskedCursor)
      return askedOf(app.db, showing(requireViewer(request)), { limit, cursor: from }, new Date())
    },
  })

  app.route({
    ...findPeople,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const update = await requireVisibleUpdate(app.db, request.params.updateId, viewer)
      return peopleSeeing(app.db, update, viewer, request.query.q)
    },
  })
}
