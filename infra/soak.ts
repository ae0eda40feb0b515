import { runTrial } from './trial.ts'

/** What `npm run soak` runs: a recording of hours through the real spool, uploader and API. */
export const soak = (args: string[]) => runTrial('soak/soak-command.ts', args)
