import { ProblemError } from '@meanwhile/shared/contract/problem'

/** Refuses what would carry an answer to a pairing, or a part of an interview, out of it. @throws {ProblemError} `update-apart` */
export function refuseApart({ isApart }: { isApart: boolean }, why: string): void {
  if (isApart) throw new ProblemError('update-apart', why)
}

/** What is said in a pairing is never written down. @throws {ProblemError} `update-apart` */
export function refuseTranscript({ pairingId }: { pairingId: string | null }): void {
  if (pairingId !== null) throw new ProblemError('update-apart', 'It is not written down.')
}
