import * as z from 'zod'

/** From what is easiest to what is hardest to do without being in one room. */
export const UpdateKind = z
  .enum(['inform', 'collaborate', 'solve', 'create', 'decide', 'innovate', 'connect'])
  .describe('What an update is for. It decides whether answers are expected, how soon, and how long it stays')
  .meta({ id: 'UpdateKind' })
export type UpdateKind = z.infer<typeof UpdateKind>
