import { languageHere } from '../messages/language-here.ts'
import { say } from './storage-words.ts'

type Found = { objects: number; deletedObjects: number; deletedBytes: number; missingObjects: number; missingHere: number }

const tenths = new Intl.NumberFormat(languageHere, { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** What a comparison of database and storage found, for an admin. */
export function sweepSentence({ objects, deletedObjects, deletedBytes, missingObjects, missingHere }: Found): string {
  const left = deletedObjects
    ? ` ${say('sweep.deleted', { count: deletedObjects, megabytes: tenths.format(deletedBytes / 1e6) })}`
    : ''
  if (missingObjects === 0) return `${say('sweep.well', { files: say('sweep.files', { count: objects }) })}${left}`
  const missing = missingHere
    ? say('sweep.missingHere', { count: missingObjects, recordings: say('sweep.recordings', { count: missingHere }) })
    : say('sweep.missing', { count: missingObjects })
  return `${missing}${left}`
}
