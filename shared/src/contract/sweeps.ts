import * as z from 'zod'
import { endpoint, IsoDate } from './endpoint.ts'

export const Sweep = z
  .object({
    id: z.uuid(),
    startedAt: IsoDate,
    finishedAt: IsoDate.nullable().describe('Null while it goes on, and of one whose worker ended'),
    objects: z.int().describe('Files in the storage of this site'),
    deletedObjects: z.int().describe('Files that belonged to nothing and were older than a day: deleted'),
    deletedBytes: z.int(),
    leftObjects: z.int().describe('Files that belong to nothing yet: younger, or of something that is still made'),
    missingObjects: z.int().describe('Files that something belongs to and that are not there'),
    missingHere: z.int().describe('Recordings of this workspace to which one of the first 100 of those belongs'),
  })
  .meta({ id: 'Sweep' })
export type Sweep = z.infer<typeof Sweep>

export const listSweeps = endpoint({
  method: 'GET',
  url: '/api/sweeps',
  access: 'admin',
  schema: {
    summary: 'What the last nightly comparisons of database and storage found, the latest first (owner and admins)',
    tags: ['trash'],
    response: { 200: z.array(Sweep) },
  },
})
