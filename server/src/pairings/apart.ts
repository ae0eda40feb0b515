import { ProblemError } from '@meanwhile/shared/contract/problem'

/** Refuses what would carry an answer to a pairing out of it. @throws {ProblemError} `pairing-apart` */
export function refuseApart({ pairingId }: { pairingId: string | null }, why: string): void {
  if (pairingId !== null) throw new ProblemError('pairing-apart', why)
}
