import * as z from 'zod'
import { Empty, endpoint, IsoDate } from './endpoint.ts'

export const TransferKind = z.enum(['export', 'import'])
export type TransferKind = z.infer<typeof TransferKind>

export const TransferState = z.enum(['waiting', 'running', 'done', 'failed', 'uploading'])
export type TransferState = z.infer<typeof TransferState>

/** What was taken along or brought in, in numbers, and what could not be. */
export const TransferReport = z
  .object({
    people: z.int(),
    channels: z.int(),
    updates: z.int(),
    comments: z.int(),
    videos: z.int(),
    notes: z.array(z.string()).describe('Sentences about what is not as it was'),
  })
  .meta({ id: 'TransferReport' })
export type TransferReport = z.infer<typeof TransferReport>

/** How long an export can be downloaded. */
export const exportKeptDays = 7
/** How long an upload is waited for, and what became of an import is told. */
export const importKeptDays = 7

export const Transfer = z
  .object({
    id: z.uuid(),
    kind: TransferKind,
    state: TransferState,
    progress: z.number().min(0).max(1),
    error: z.string().nullable().describe('Why it failed, or why the last attempt did'),
    name: z.string().nullable().describe('Of an import: what its file is called'),
    sizeBytes: z.number().int().nullable(),
    report: TransferReport.nullable(),
    createdAt: IsoDate,
    finishedAt: IsoDate.nullable(),
    expiresAt: IsoDate.nullable().describe('When the file of an export is deleted, an upload forgotten'),
    partCount: z
      .int()
      .describe('Of an import that failed: the parts of its file that are kept, to finish with again; 0: upload it again'),
    url: z.string().nullable().describe('Where the file of an export is downloaded, for one to two hours; ask again for another'),
  })
  .meta({ id: 'Transfer' })
export type Transfer = z.infer<typeof Transfer>

export const TransferParams = z.object({ transferId: z.uuid() })

export const listTransfers = endpoint({
  method: 'GET',
  url: '/api/transfers',
  access: 'admin',
  schema: {
    summary: 'Exports and imports of the workspace by this person, newest first (owner)',
    tags: ['transfers'],
    response: { 200: z.array(Transfer) },
  },
})

export const createExport = endpoint({
  method: 'POST',
  url: '/api/exports',
  access: 'admin',
  schema: {
    summary: 'Export the workspace as a ZIP: recordings, captions, JSON and pages to read it with (owner)',
    description: `It holds what the owner sees: private channels of others are left out. The file is kept for ${exportKeptDays} days, for who asked for it.`,
    tags: ['transfers'],
    response: { 201: Transfer },
  },
})

export const deleteTransfer = endpoint({
  method: 'DELETE',
  url: '/api/transfers/:transferId',
  access: 'admin',
  schema: {
    summary: 'Stop an export or an import, or delete the file of an export before its time (owner)',
    tags: ['transfers'],
    params: TransferParams,
    response: { 204: Empty },
  },
})
