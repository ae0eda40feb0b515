import type { PlaybackChoice, ResolvedPlayback } from '@meanwhile/shared/contract/playback'
import type { KeptPreferences, Preferences, PreferencesChange } from '@meanwhile/shared/contract/preferences'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { withdrawFromPairings } from '@meanwhile/shared/db/settle-pairing'
import { defaultRate, isRate, type Rate } from '@meanwhile/shared/media/rates'
import { eq, sql } from 'drizzle-orm'

const { users } = schema

type Choice = { [key in keyof PlaybackChoice]?: PlaybackChoice[key] | undefined }

/** A speed that the player has no more is no choice. */
export const asRate = (rate: number | null | undefined): Rate | null => (rate != null && isRate(rate) ? rate : null)

/** A choice as it is told: null where there is none. */
export const chosen = ({ rate, skipSilences, captions }: Choice = {}): PlaybackChoice => ({
  rate: asRate(rate),
  skipSilences: skipSilences ?? null,
  captions: captions ?? null,
})

/** How it plays at first. @param inOrder whose choice counts most comes first */
export function resolvePlayback(inOrder: Choice[]): ResolvedPlayback {
  const first = <K extends keyof PlaybackChoice>(key: K) =>
    inOrder.map((choice) => chosen(choice)[key]).find((value) => value !== null)
  return { rate: first('rate') ?? defaultRate, skipSilences: first('skipSilences') ?? false, captions: first('captions') ?? null }
}

const told = ({ rate, preferences: kept }: Pick<typeof users.$inferSelect, 'rate' | 'preferences'>): Preferences => ({
  playback: { ...chosen(kept.playback), rate: asRate(rate) },
  suggested: chosen(kept.suggested),
  shortcuts: kept.shortcuts ?? true,
  pauseOnTyping: kept.pauseOnTyping ?? true,
  appearance: kept.appearance ?? 'system',
  pairing: kept.pairing ?? true,
})

export const preferencesOf = async (db: Db, userId: string): Promise<Preferences> =>
  told(one(await db.select().from(users).where(eq(users.id, userId))))

/** What is named changes, the rest stays; null takes a choice back. */
export const changePreferences = (db: Db, userId: string, change: PreferencesChange): Promise<Preferences> =>
  db.transaction(async (tx) => {
    if (change.pairing === false) await withdrawFromPairings(tx, userId, new Date())
    const { preferences: before } = one(await tx.select().from(users).where(eq(users.id, userId)).for('update'))
    const { rate, ...playback } = change.playback ?? {}
    const preferences = {
      ...before,
      playback: { ...before.playback, ...playback },
      suggested: { ...before.suggested, ...change.suggested },
      ...(change.shortcuts === undefined ? {} : { shortcuts: change.shortcuts }),
      ...(change.pauseOnTyping === undefined ? {} : { pauseOnTyping: change.pauseOnTyping }),
      ...(change.appearance === undefined ? {} : { appearance: change.appearance }),
      ...(change.pairing === undefined ? {} : { pairing: change.pairing }),
    } as KeptPreferences
    const set = { preferences, ...(rate === undefined ? {} : { rate }), updatedAt: sql`now()` }
    return told(one(await tx.update(users).set(set).where(eq(users.id, userId)).returning()))
  })
