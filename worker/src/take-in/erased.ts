import { deletedPerson } from '@meanwhile/shared/db/deleted-person'
import type { CommentRecord } from '@meanwhile/shared/platform/workspace-file'
import type { ImportedPeople } from './people.ts'
import type { UpdateParts } from './updates.ts'

/** A shorter name is a part of too many words to be replaced where it does not stand behind an @, as in `forget-name.ts`. */
const shortestPlainName = 3

/** What names somebody who was erased, among those whom a comment mentions, names nobody. */
function withoutNames(text: string, names: string[]): string {
  return names.reduce((told, name) => {
    const mention = told.replaceAll(`@${name}`, `@${deletedPerson.name}`)
    return name.length < shortestPlainName ? mention : mention.replaceAll(name, deletedPerson.name)
  }, text)
}

/** An empty place, so that answers to it stay. */
const emptied = (record: CommentRecord): CommentRecord => ({
  ...record,
  ...{ text: '', drawing: null, ownerId: null, answerId: null, mentionIds: [], history: [] },
  deletedAt: record.deletedAt ?? new Date().toISOString(),
})

/**
 * An update as it would be here had it never left: nothing that people made whose account was deleted meanwhile comes back.
 * @returns null when it is theirs
 */
export function withoutErased(parts: UpdateParts, people: ImportedPeople): UpdateParts | null {
  const { isErased, nameOf } = people
  const { update, videos, comments, reactions } = parts
  if (isErased(update.authorId)) return null
  const empty = new Set(comments.filter(({ authorId }) => isErased(authorId)).map(({ id }) => id))
  const others = (record: CommentRecord): CommentRecord => {
    const names = record.mentionIds.filter(isErased).flatMap((id) => nameOf(id) ?? [])
    return {
      ...record,
      text: withoutNames(record.text, names),
      history: record.history.map((each) => ({ ...each, text: withoutNames(each.text, names) })),
      mentionIds: record.mentionIds.filter((id) => !isErased(id)),
      ownerId: record.ownerId && isErased(record.ownerId) ? null : record.ownerId,
      answerId: record.answerId && empty.has(record.answerId) ? null : record.answerId,
    }
  }
  return {
    update,
    videos: videos.filter(({ commentId }) => commentId === null || !empty.has(commentId)),
    comments: comments.map((each) => (empty.has(each.id) ? emptied(each) : others(each))),
    reactions: reactions.filter(({ userId, commentId }) => !isErased(userId) && !(commentId && empty.has(commentId))),
  }
}
