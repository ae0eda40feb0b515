type Asked = { who: string | null; workspace: string; position: string }

/** What letters to candidates say, in one language. Each is a sentence or two; moments and days come written already. */
export type LetterWords = {
  /** How moments and days are written: BCP 47. */
  locale: string
  /** Without the name where it is empty. */
  hello(name: string): string
  asks(asked: Asked): string
  questions(count: number): string
  until(moment: string): string
  noDeadline: string
  promise(workspace: string, days: number): string
  promiseBy(workspace: string, days: number, day: string): string
  noPromise(workspace: string): string
  /** Whose link it is, and what else it is for. */
  yours: string
  why(workspace: string): string
  invitation: { subject(asked: Asked): string; link: string }
  reminder: {
    subject(asked: Asked, moment: string): string
    text(asked: Asked): string
    counts: string
    link: string
    more: string
    last: string
  }
  deadline: { subject(asked: Asked): string; changed(asked: Asked): string; again(asked: Asked): string }
  reopened: {
    subject(asked: Asked): string
    text(asked: Asked): string
    question(text: string): string
    stays: string
    link: string
  }
  receipt: {
    subject(asked: Asked): string
    text(asked: Asked, moment: string): string
    /** Where the deadline handed in for them. */
    lapsed(asked: Asked, moment: string): string
    yours: string
    deleted(days: number): string
    link: string
  }
}
