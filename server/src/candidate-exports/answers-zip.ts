import type { Readable } from 'node:stream'
import type { Db } from '@meanwhile/shared/db/client'
import type { Storage } from '@meanwhile/shared/platform/storage'
import type { ZipWriter } from '@meanwhile/shared/platform/zip-writer'
import { candidatesCsv, type ExportedCandidate } from './candidates-csv.ts'
import { saidBy } from './said-by.ts'
import { fileName } from './sent-file.ts'
import { sentZip, textOf } from './sent-zip.ts'
import { type SheetNeeds, sheetPdf } from './sheet-pdf.ts'

type Needs = SheetNeeds & { db: Db; storage: Storage }

async function addCandidate({ db, storage, ...sheet }: Needs, zip: ZipWriter, candidate: ExportedCandidate, folder: string) {
  const { invitation, content } = candidate
  if (invitation.state !== 'submitted') return
  const said = await saidBy(db, invitation.id)
  await zip.add(`${folder}Sheet.pdf`, sheetPdf(candidate, said, sheet))
  for (const [index, question] of content.questions.entries()) {
    const answer = said.find(({ questionId }) => questionId === question.id)
    if (!answer) continue
    const path = `${folder}Question ${index + 1}`
    const asked = question.text ? `${question.text}\r\n\r\n` : ''
    const missing = answer.hasVideo && !answer.key ? 'The recording is still being prepared: export it again later.' : ''
    const words = [answer.text, missing].filter(Boolean).join('\r\n')
    if (words) await zip.add(`${path}.txt`, textOf(`${asked}${words}\r\n`), { compress: true })
    if (answer.key) await zip.add(`${path}.mp4`, await storage.read(answer.key))
  }
}

/** What candidates handed in as one ZIP. One who deletes theirs meanwhile ends it. */
export function answersZip(needs: Needs, candidates: readonly ExportedCandidate[]): Readable {
  const folderOf = ({ invitation: { name } }: ExportedCandidate, index: number) =>
    candidates.length === 1 ? '' : `${String(index + 1).padStart(3, '0')} ${fileName(name)}/`
  return sentZip(async (zip) => {
    await zip.add('candidates.csv', textOf(candidatesCsv(candidates)), { compress: true })
    for (const [index, each] of candidates.entries()) await addCandidate(needs, zip, each, folderOf(each, index))
  })
}
