import type { TransferReport } from '@meanwhile/shared/contract/transfers'

/** So many sentences are told one by one. */
const mostNotes = 100

/** What was brought, and what was not and why, as it is told at the end. */
export type ImportReport = {
  add(more: Partial<Omit<TransferReport, 'notes'>>): void
  note(sentence: string): void
  /** Something is here already. */
  known(): void
  /** An update is kept from now on, because a rule would take it. */
  kept(): void
  /** An update is of somebody whose account was deleted. */
  erased(): void
  /** A record of a list cannot be read, or belongs to nothing. */
  unreadable(path: string): void
  end(): TransferReport
}

const ended = (sentence: string) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`)

export function startReport(): ImportReport {
  const counts = { people: 0, channels: 0, updates: 0, comments: 0, videos: 0 }
  const notes: string[] = []
  const bad = new Map<string, number>()
  let known = 0
  let erased = 0
  let kept = 0
  return {
    add(more) {
      for (const [name, count] of Object.entries(more)) counts[name as keyof typeof counts] += count
    },
    note: (sentence) => void notes.push(ended(sentence)),
    known() {
      known += 1
    },
    kept() {
      kept += 1
    },
    erased() {
      erased += 1
    },
    unreadable: (path) => void bad.set(path, (bad.get(path) ?? 0) + 1),
    end() {
      const told = notes.slice(0, mostNotes)
      const more = notes.length - told.length
      const all = [
        ...(known > 0 ? [`${known} ${known === 1 ? 'update was' : 'updates were'} here already.`] : []),
        ...(kept > 0
          ? [`${kept} ${kept === 1 ? 'update is' : 'updates are'} kept, although the rules would move so old ones to the trash.`]
          : []),
        ...(erased > 0
          ? [`${erased} ${erased === 1 ? 'update was' : 'updates were'} left out: who made them deleted their account.`]
          : []),
        ...told,
        ...(more > 0 ? [`And ${more} more of that kind.`] : []),
        ...[...bad].map(([path, count]) => `${count} ${count === 1 ? 'record' : 'records'} in ${path} could not be read.`),
      ]
      return { ...counts, notes: all }
    },
  }
}
