import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import { mailFaults, mailVariables } from './mail.ts'
import { oidcFaults, oidcVariables } from './oidc.ts'
import { productionFaults } from './production.ts'
import { transcriptionFaults, transcriptionVariables } from './transcription.ts'

const url = (...protocols: string[]) =>
  z.url({
    protocol: new RegExp(`^(${protocols.join('|')})$`),
    error: `must be a URL that starts with ${protocols.map((p) => `${p}://`).join(' or ')}`,
  })

const port = z.coerce
  .number({ error: 'must be a number' })
  .int('must be a whole number')
  .min(1, 'must be 1 or more')
  .max(65_535, 'must be 65535 or less')
const secret = z.string().min(32, 'must have at least 32 characters')

const quota = (gigabytes: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .positive('must be more than 0')
    .max(9_000_000, 'must be 9000000 or less')
    .default(gigabytes)

/** An address, or a block of them (RFC 4632, §3.1). */
function isProxy(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  return (
    family !== 0 && rest.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
  )
}

/** Every variable that Meanwhile reads. `.env.example` is generated from the descriptions. */
export const Env = z
  .object({
    PORT: port.default(3000).describe('TCP port of the web server.'),
    HOST: z.string().min(1).default('localhost').describe('Address to listen on; 0.0.0.0 for every interface.'),
    PUBLIC_URL: url('http', 'https')
      .optional()
      .describe('Where people reach this site, without a path. Default: http://localhost:PORT'),
    TRUSTED_PROXIES: z
      .string()
      .refine(
        (list) => list.split(',').every((each) => isProxy(each.trim())),
        'must be addresses, such as 10.0.0.5 or 10.0.0.0/8',
      )
      .optional()
      .describe(
        'Addresses of proxies in front, separated by commas, such as 127.0.0.1 or 10.0.0.0/8. What they say of where a request comes from counts, ' +
          'for limits and on record; what others say does not.',
      ),
    DATA_DIR: z.string().min(1).default('data').describe('Folder of the embedded database, the media and the generated secrets.'),
    SIGNUP: z
      .enum(['invite', 'open', 'closed'], { error: 'must be "invite", "open" or "closed"' })
      .default('invite')
      .describe('Who may create an account after the first one: the invited, anybody (open), or nobody (closed).'),
    DATABASE_URL: url('postgres', 'postgresql')
      .optional()
      .describe('An existing PostgreSQL (14 or newer). Default: embedded, in DATA_DIR/postgres.'),
    REDIS_URL: url('redis', 'rediss').optional().describe('Redis for the job queue. Default: the queue lives in PostgreSQL.'),
    S3_BUCKET: z.string().min(1).optional().describe('Bucket for media. Default: DATA_DIR/media on disk.'),
    S3_ENDPOINT: url('http', 'https').optional().describe('Endpoint of an S3-compatible server other than AWS.'),
    S3_REGION: z.string().min(1).default('us-east-1').describe('Region of the bucket.'),
    S3_ACCESS_KEY_ID: z.string().min(1).optional().describe('Access key; required with S3_BUCKET.'),
    S3_SECRET_ACCESS_KEY: z.string().min(1).optional().describe('Secret key; required with S3_BUCKET.'),
    FFMPEG_PATH: z.string().min(1).optional().describe("ffmpeg to use. Default: the system's, else a bundled old build."),
    FFPROBE_PATH: z.string().min(1).optional().describe('ffprobe to use. Default: as for ffmpeg.'),
    WORKER_CONCURRENCY: z.coerce
      .number()
      .int()
      .min(1)
      .max(64)
      .default(2)
      .describe('How many processing stages one worker runs at once.'),
    ABANDONED_AFTER_MINUTES: z.coerce
      .number({ error: 'must be a number' })
      .positive('must be more than 0')
      .max(43_200, 'must be 43200 or less')
      .default(30)
      .describe('A recording that gave no sign of life for so long is finished with what arrived.'),
    HOLE_AFTER_HOURS: z.coerce
      .number({ error: 'must be a number' })
      .positive('must be more than 0')
      .max(720, 'must be 720 or less')
      .default(24)
      .describe('A segment that has been missing for so long is replaced by a still picture and silence.'),
    TRASH_DAYS: z.coerce
      .number({ error: 'must be a number' })
      .positive('must be more than 0')
      .max(3650, 'must be 3650 or less')
      .default(30)
      .describe('How many days an update in the trash can be restored before it is deleted for good.'),
    ...transcriptionVariables,
    QUOTA_PERSON_GB: quota(500).describe('How much of recordings and uploaded files one person may keep in a workspace, in GB.'),
    QUOTA_WORKSPACE_GB: quota(5_000).describe('How much all people of a workspace may keep together, in GB.'),
    RECORDINGS_AT_ONCE: z.coerce
      .number({ error: 'must be a number' })
      .int('must be a whole number')
      .min(1, 'must be 1 or more')
      .default(50)
      .describe('How many recordings and uploads of one person may be on their way at once.'),
    WEBHOOKS_PRIVATE_NETWORKS: z
      .enum(['refuse', 'allow'], { error: 'must be "refuse" or "allow"' })
      .default('refuse')
      .describe(
        'Whether webhooks may lead to private networks, and go without https: only where all who administer workspaces are trusted.',
      ),
    AUTH_SECRET: secret.optional().describe('Key that signs sessions. Default: generated into DATA_DIR/secrets.json.'),
    MEDIA_SECRET: secret.optional().describe('Key that signs media URLs. Default: generated into DATA_DIR/secrets.json.'),
    NODE_ENV: z
      .string()
      .optional()
      .describe('`production` for a site in earnest: weak secrets and a PUBLIC_URL without https are refused.'),
    ALLOW_HTTP: z
      .enum(['yes', 'no'], { error: 'must be "yes" or "no"' })
      .default('no')
      .describe('yes: in production, too, people may come without encryption, as in a closed network.'),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
      .default('info')
      .describe('How much is logged.'),
    ...mailVariables,
    ...oidcVariables,
  })
  .refine((env) => !env.S3_BUCKET || (env.S3_ACCESS_KEY_ID && env.S3_SECRET_ACCESS_KEY), {
    path: ['S3_BUCKET'],
    error: 'needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY too',
  })
  .superRefine((env, context) => {
    for (const { name, message } of transcriptionFaults(env)) context.addIssue({ code: 'custom', path: [name], message })
  })
  .superRefine((env, context) => {
    for (const { name, message } of [...mailFaults(env), ...oidcFaults(env)])
      context.addIssue({ code: 'custom', path: [name], message })
  })
  .transform((env) => {
    const dataDir = resolve(env.DATA_DIR)
    return {
      ...env,
      DATA_DIR: dataDir,
      MEDIA_DIR: join(dataDir, 'media'),
      PUBLIC_URL: new URL(env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).origin,
    }
  })
export type Env = z.infer<typeof Env>

/** One fault of the environment: which variable, and what is wrong with its value. */
export type EnvFault = { name: string; message: string }

/** Thrown by `readEnv`; its message lists every fault, one a line. */
export class EnvError extends Error {
  readonly faults: EnvFault[]
  constructor(faults: EnvFault[]) {
    super(faults.map(({ name, message }) => `${name} ${message}`).join('\n'))
    this.name = 'EnvError'
    this.faults = faults
  }
}

const withoutEmpty = (variables: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))

function parse<T extends z.ZodType>(schema: T, variables: Record<string, string | undefined>): z.output<T> {
  const given = withoutEmpty(variables)
  const parsed = schema.safeParse(given)
  const faults = (parsed.error?.issues ?? []).map((issue) => ({ name: issue.path.join('.'), message: issue.message }))
  const isNew = ({ name }: EnvFault) => !faults.some((fault) => fault.name === name)
  faults.push(...productionFaults(given).filter(isNew))
  if (parsed.success && faults.length === 0) return parsed.data
  throw new EnvError(faults)
}

/**
 * Reads what an operator may set. An empty variable counts as absent, as in a compose file.
 * @throws {EnvError} with all faults at once
 */
export const readEnv = (variables: Record<string, string | undefined>): Env => parse(Env, variables)

const RunningEnv = Env.transform((env, context) => {
  const { DATABASE_URL, AUTH_SECRET, MEDIA_SECRET } = env
  if (DATABASE_URL && AUTH_SECRET && MEDIA_SECRET) return { ...env, DATABASE_URL, AUTH_SECRET, MEDIA_SECRET }
  for (const name of ['DATABASE_URL', 'AUTH_SECRET', 'MEDIA_SECRET'] as const)
    if (!env[name]) context.addIssue({ code: 'custom', path: [name], message: 'is not set' })
  return z.NEVER
})
export type RunningEnv = z.infer<typeof RunningEnv>

/**
 * Reads what the API and the worker need: `Env` with its database and secrets, which the launcher or the operator sets.
 * @throws {EnvError} with all faults at once
 */
export const readRunningEnv = (variables: Record<string, string | undefined>): RunningEnv => parse(RunningEnv, variables)
