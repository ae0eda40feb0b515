import * as z from 'zod'

/** Letters, marks, spaces: any script, no control characters. */
export const Name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^\P{Cc}*$/u, 'must not contain control characters')
