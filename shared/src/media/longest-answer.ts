/** The longest recording that answers a pairing. */
export const longestAnswerMs = 60_000
