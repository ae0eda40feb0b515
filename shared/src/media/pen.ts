/** The colours that can be drawn with: on a recording, and in a comment on its picture. */
export const penColours = ['#e5484d', '#ffd60a', '#30a46c', '#3e8ef7'] as const
export type PenColour = (typeof penColours)[number]
