import * as z from 'zod'

/** Letters, marks, spaces: any script, no control characters, no half of a character. */
export const Name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters')
