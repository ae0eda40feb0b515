import * as z from 'zod'
import { ChannelName } from './channels.ts'
import { endpoint } from './endpoint.ts'

const Month = z
  .string()
  .regex(/^\d{4}-\d{2}$/)
  .meta({ example: '2026-11' })

/** How many answers were due in a month, and how many came in time. Of a few, nothing is told: it would say who. */
export const Promises = z
  .object({
    channel: ChannelName.nullable().describe('Null: what is posted for the whole workspace'),
    month: Month,
    due: z.int().describe('Answers whose moment has come'),
    answered: z.int().describe('Those of them that came, also later'),
    inTime: z.int(),
  })
  .meta({ id: 'Promises' })
export type Promises = z.infer<typeof Promises>

export const readPromises = endpoint({
  method: 'GET',
  url: '/api/agreement/promises',
  schema: {
    summary: 'Promises kept per channel and month, never per person, and how often a call was the right choice',
    description:
      'Months are in UTC, newest first. A channel is left out of a month in which fewer than five answers were due, or fewer than three people owed them.',
    tags: ['agreement'],
    querystring: z.object({ months: z.coerce.number().int().min(1).max(12).default(6) }),
    response: {
      200: z
        .object({ items: z.array(Promises), calls: z.array(z.object({ month: Month, count: z.int() })) })
        .meta({ id: 'PromiseReport' }),
    },
  },
})
