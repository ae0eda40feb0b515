/** What a person can answer with one press. */
export const emojis = ['👍', '👏', '🎉', '😂', '😮', '🤔'] as const
export type Emoji = (typeof emojis)[number]
