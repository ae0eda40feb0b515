import type { Submission } from '../submission.svelte.ts'

/** Whether the first step of a sign-in was right, and a code comes next. */
export const needsCode = ({ problem }: Submission): boolean => problem?.type === '/problems/two-factor-needed'
