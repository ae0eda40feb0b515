type Found = { objects: number; deletedObjects: number; deletedBytes: number; missingObjects: number; missingHere: number }

const count = (number: number, one: string, many: string) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`

/** What a comparison of database and storage found, for an admin. */
export function sweepSentence({ objects, deletedObjects, deletedBytes, missingObjects, missingHere }: Found): string {
  const left = deletedObjects
    ? ` ${count(deletedObjects, 'file', 'files')} (${(deletedBytes / 1e6).toFixed(1)} MB) that belonged to nothing ${deletedObjects === 1 ? 'was' : 'were'} deleted.`
    : ''
  if (missingObjects === 0) return `All of ${count(objects, 'file', 'files')} are as they should be.${left}`
  const here = missingHere
    ? `, of ${count(missingHere, 'recording', 'recordings')} in this workspace`
    : ', none of this workspace'
  return `${count(missingObjects, 'file is', 'files are')} missing${here}: ask the operator of this site for a backup.${left}`
}
