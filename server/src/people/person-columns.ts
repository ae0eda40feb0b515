import { schema } from '@meanwhile/shared/db/client'
import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

const { users } = schema

type Named = { id: PgColumn; name: PgColumn; pictureKey: PgColumn }

/** Where a picture is. */
export const pictureUrl = (key: string): string => `/media/${key}`

/** The same in a query, null for who has none. @param person `users`, or an alias of it */
export const pictureOf = ({ pictureKey }: Pick<Named, 'pictureKey'>): SQL<string | null> =>
  sql<string | null>`'/media/' || ${pictureKey}`

/** What is told of a person wherever they are named. @param person `users`, or an alias of it */
export const personColumns = <T extends Named>(person: T) => ({
  id: person.id as T['id'],
  name: person.name as T['name'],
  picture: pictureOf(person),
})

/** What is told of who wrote something, who may be a guest, or have come with an import. */
export const authorColumns = () => ({
  ...personColumns(users),
  guest: sql<boolean>`coalesce(${users.guestOf}, ${users.importedTo}, ${users.candidateOf}) is not null`,
})
