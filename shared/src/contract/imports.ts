import * as z from 'zod'
import { endpoint, plainText } from './endpoint.ts'
import { FilePartFields, maxFileParts, StoredFilePart } from './file-parts.ts'
import { Transfer, TransferParams } from './transfers.ts'

const PartParams = TransferParams.extend({ number: z.coerce.number().int().min(1).max(maxFileParts) })

export const ImportDraft = z
  .object({
    name: plainText(255).describe('What the file is called; kept for people, never used as a path'),
    sizeBytes: z.int().min(1).describe('Of the whole file'),
  })
  .meta({ id: 'ImportDraft', example: { name: 'Team 2026-11-27.zip', sizeBytes: 21_474_836_480 } })
export type ImportDraft = z.infer<typeof ImportDraft>

export const createImport = endpoint({
  method: 'POST',
  url: '/api/imports',
  access: 'admin',
  schema: {
    summary: 'Begin to upload an export, to bring what is in it into this workspace (owner)',
    description:
      'Its file is sent in parts, in any order, for as long as it takes: an upload is forgotten 7 days after its last part. What is in this ' +
      'workspace already, from the same export or an earlier one, is not made twice.',
    tags: ['transfers'],
    body: ImportDraft,
    response: { 201: Transfer },
  },
})

export const storeImportPart = endpoint({
  method: 'PUT',
  url: '/api/imports/:transferId/parts/:number',
  access: 'admin',
  schema: {
    summary: 'Store one part of the file of an import (owner)',
    description:
      'Parts are numbered from 1 and have at most 32 MiB. Multipart form: the part `file` and the text field `sha256` (hexadecimal). ' +
      'The same bytes again answer 200, other bytes 409, a wrong checksum 422. The answer comes after the bytes are durable.',
    tags: ['transfers'],
    consumes: ['multipart/form-data'],
    params: PartParams,
    response: { 200: StoredFilePart, 201: StoredFilePart },
  },
})
/** The text fields that go with the part `file`. */
export const ImportPartFields = FilePartFields

export const listImportParts = endpoint({
  method: 'GET',
  url: '/api/imports/:transferId/parts',
  access: 'admin',
  schema: {
    summary: 'The parts of an import that have arrived, in order: an upload goes on with the others (owner)',
    tags: ['transfers'],
    params: TransferParams,
    response: { 200: z.array(StoredFilePart) },
  },
})

export const finishImport = endpoint({
  method: 'POST',
  url: '/api/imports/:transferId/finish',
  access: 'admin',
  schema: {
    summary: 'Say that the file is complete: what is in it is brought in (owner)',
    tags: ['transfers'],
    params: TransferParams,
    body: z.object({ parts: z.int().min(1).max(maxFileParts).describe('Number of the last part') }),
    response: { 200: Transfer },
  },
})
