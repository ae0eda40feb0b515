import {
  changeComment,
  createComment,
  deleteComment as deleteCommentEndpoint,
  listComments,
} from '@meanwhile/shared/contract/comments'
import { notify } from '@meanwhile/shared/db/notify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireViewer } from '../session.ts'
import { requireVisibleUpdate } from '../updates/access.ts'
import { requireOwnComment } from './access.ts'
import { addComment, commentsOn, deleteComment, editComment } from './queries.ts'

export const commentRoutes: FastifyPluginAsyncZod = async (app) => {
  const tell = ({ workspaceId, id: updateId }: { workspaceId: string; id: string }, commentId: string) =>
    notify(app.db, workspaceId, { type: 'comment', updateId, commentId })

  app.route({
    ...listComments,
    handler: async (request) => {
      const update = await requireVisibleUpdate(app.db, request.params.updateId, requireViewer(request))
      return commentsOn(app.db, update.id)
    },
  })

  app.route({
    ...createComment,
    config: { rateLimit: { max: 120, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const author = requireViewer(request)
      const update = await requireVisibleUpdate(app.db, request.params.updateId, author)
      const comment = await addComment(app.db, update.id, author.id, request.body)
      await tell(update, comment.id)
      return reply.code(201).send(comment)
    },
  })

  app.route({
    ...changeComment,
    handler: async (request) => {
      const { comment, update } = await requireOwnComment(app.db, request.params.commentId, requireViewer(request))
      const changed = await editComment(app.db, comment.id, request.body.text)
      await tell(update, comment.id)
      return changed
    },
  })

  app.route({
    ...deleteCommentEndpoint,
    handler: async (request, reply) => {
      const { comment, update } = await requireOwnComment(app.db, request.params.commentId, requireViewer(request))
      await deleteComment(app.db, comment.id)
      await tell(update, comment.id)
      return reply.code(204).send(null)
    },
  })
}
