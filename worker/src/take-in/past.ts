/** A moment as an export says it, and never one that is still to come: lists are in the order of time. */
export const past = (text: string): Date => new Date(Math.min(Date.parse(text), Date.now()))
