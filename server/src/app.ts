import { randomUUID } from 'node:crypto'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, preparing, type Sql } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import type { Log } from '@meanwhile/shared/platform/log'
import type { StageQueue } from '@meanwhile/shared/platform/queue'
import type { Storage } from '@meanwhile/shared/platform/storage'
import fastify, { LogController } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { agreementRoutes } from './agreement/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { type Auth, createAuth } from './auth/auth.ts'
import { countedAs } from './auth/counted-as.ts'
import { signInLinkRoutes } from './auth/link-routes.ts'
import { authRoutes } from './auth/routes.ts'
import { type SignInLimits, signInLimits } from './auth/sign-in-limits.ts'
import { everythingRoutes } from './candidate-exports/everything-routes.ts'
import { candidateExportRoutes } from './candidate-exports/routes.ts'
import { candidateRoutes } from './candidates/candidate-routes.ts'
import { invitationRoutes } from './candidates/invitation-routes.ts'
import { reviewRoutes } from './candidates/review-routes.ts'
import { captionRoutes } from './captions/routes.ts'
import { channelPostRoutes } from './channel-posts/routes.ts'
import { channelRoutes } from './channels/routes.ts'
import { checkInRoutes } from './check-ins/routes.ts'
import { commentRoutes } from './comments/routes.ts'
import { decisionLogRoutes } from './decisions/log-routes.ts'
import { decisionRoutes } from './decisions/routes.ts'
import { deliveryRoutes } from './delivery/routes.ts'
import { unsubscribeRoutes } from './delivery/unsubscribe-routes.ts'
import { erasureRoutes } from './erasures/routes.ts'
import { type Hub, openHub } from './events/hub.ts'
import { eventRoutes } from './events/routes.ts'
import { grantRoutes } from './grants/routes.ts'
import { hoursRoutes } from './hours/routes.ts'
import { inboundRoutes } from './inbound/routes.ts'
import { inboxRoutes } from './inbox/routes.ts'
import { interviewRoutes } from './interviews/routes.ts'
import { type Outbox, openOutbox } from './mails/outbox.ts'
import { mailRoutes } from './mails/routes.ts'
import { managerLinkRoutes } from './manager-links/routes.ts'
import { mediaRoutes } from './media/routes.ts'
import { memberRoutes } from './members/routes.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { oembedRoutes } from './oembed/routes.ts'
import { oidcRoutes } from './oidc/routes.ts'
import { openLinkRoutes } from './open-links/routes.ts'
import { hiringPage } from './pages/hiring-page.ts'
import { sharePage } from './pages/share-page.ts'
import { watchPage } from './pages/watch-page.ts'
import { pairingRoutes } from './pairings/routes.ts'
import { passkeyRoutes } from './passkeys/routes.ts'
import { preferenceRoutes } from './people/preference-routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { pictureRoutes } from './pictures/routes.ts'
import { headersPlugin } from './plugins/headers.ts'
import { healthPlugin } from './plugins/health.ts'
import { openapiPlugin } from './plugins/openapi.ts'
import { originPlugin } from './plugins/origin.ts'
import { answerUnroutable, problemsPlugin } from './plugins/problems.ts'
import { requestLogPlugin } from './plugins/request-log.ts'
import { sessionPlugin } from './plugins/session.ts'
import { webPlugin } from './plugins/web.ts'
import { podcastFileRoutes } from './podcasts/file-routes.ts'
import { podcastRoutes } from './podcasts/routes.ts'
import { positionRoutes } from './positions/routes.ts'
import { reactionRoutes } from './reactions/routes.ts'
import { reelRoutes } from './reel/routes.ts'
import { reelListRoutes } from './reels/routes.ts'
import type { Candidate, Guest, SignedIn, Viewer } from './session.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { settingsRoutes } from './settings/routes.ts'
import { codeRoutes } from './share-links/code-routes.ts'
import { guestRoutes } from './share-links/guest-routes.ts'
import { shareLinkRoutes } from './share-links/routes.ts'
import { storageUseRoutes } from './storage-use/routes.ts'
import { sweepRoutes } from './sweeps/routes.ts'
import { tokenRoutes } from './tokens/routes.ts'
import { importRoutes } from './transfers/import-routes.ts'
import { transferRoutes } from './transfers/routes.ts'
import { trashRoutes } from './trash/routes.ts'
import { twoFactorRoutes } from './two-factor/routes.ts'
import { callRoutes } from './updates/call-routes.ts'
import { updateRoutes } from './updates/routes.ts'
import { urgentRoutes } from './urgents/routes.ts'
import { videoRoutes } from './videos/routes.ts'
import { uploadRoutes } from './videos/upload-routes.ts'
import { webhookRoutes } from './webhooks/routes.ts'
import { workspaceRoutes } from './workspaces/routes.ts'

export type AppDeps = { env: RunningEnv; db: Db; sql: Sql; storage: Storage; queue: StageQueue; log: Log }

declare module 'fastify' {
  interface FastifyInstance {
    env: RunningEnv
    db: Db
    storage: Storage
    queue: StageQueue
    auth: Auth
    signInLimits: SignInLimits
    hub: Hub
    mails: Outbox
    /** Who makes a request by a share link, or why they may not; null where none is named. */
    findGuestOf(request: FastifyRequest): Promise<Guest | ProblemError | null>
  }
  interface FastifyRequest {
    person: SignedIn | null
    viewer: Viewer | null
    guest: Guest | ProblemError | null
    /** Who came by an invitation to an interview, or why they may not; null where none is named. */
    candidate: Candidate | ProblemError | null
  }
}

/** How long requests may go on while the process is asked to end, in ms. */
const drainMs = 5_000

/** Whoever takes longer to say what they want is holding a connection, and is looked for this often, in ms. */
const headersMs = 10_000
const checkEveryMs = 2_000

/** The whole API and the web app, ready to listen or to `inject`. The caller owns and closes what it passes in. */
export async function buildApp({ env, db, sql, storage, queue, log }: AppDeps) {
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: 1024 * 1024,
    trustProxy: env.TRUSTED_PROXIES ?? false,
    connectionTimeout: 0,
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
    http: { headersTimeout: headersMs, connectionsCheckingInterval: checkEveryMs },
    frameworkErrors: answerUnroutable,
    // One answer for a path, whatever its last character.
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)

  const hub = await openHub(db, sql, log)
  app.decorate('env', env).decorate('db', db).decorate('storage', storage).decorate('queue', queue)
  app
    .decorate('hub', hub)
    .decorate('auth', createAuth(preparing(sql), env))
    .decorate('signInLimits', signInLimits(db))
  const outbox = openOutbox(env, log)
  app.decorate('mails', outbox)
  app.addHook('preClose', async () => {
    hub.endAll()
    // What is on its way may arrive; who sends nothing any more does not hold up the end.
    setTimeout(() => app.server.closeAllConnections(), drainMs).unref()
  })
  app.addHook('onClose', () => hub.close())
  app.addHook('onClose', () => outbox.close())

  await app.register(requestLogPlugin)
  await app.register(problemsPlugin)
  await app.register(headersPlugin)
  await app.register(originPlugin)
  await app.register(sessionPlugin)
  await app.register(rateLimit, {
    global: false,
    keyGenerator: countedAs,
    errorResponseBuilder: () => new ProblemError('too-many-requests'),
  })
  await app.register(multipart)
  await app.register(openapiPlugin)
  await app.register(healthPlugin)

  await app.register(authRoutes)
  await app.register(signInLinkRoutes)
  await app.register(peopleRoutes)
  await app.register(memberRoutes)
  await app.register(workspaceRoutes)
  await app.register(sessionRoutes)
  await app.register(auditRoutes)
  await app.register(preferenceRoutes)
  await app.register(channelRoutes)
  await app.register(updateRoutes)
  await app.register(videoRoutes)
  await app.register(uploadRoutes)
  await app.register(captionRoutes)
  await app.register(commentRoutes)
  await app.register(reactionRoutes)
  await app.register(notificationRoutes)
  await app.register(settingsRoutes)
  await app.register(shareLinkRoutes)
  await app.register(guestRoutes)
  await app.register(codeRoutes)
  await app.register(tokenRoutes)
  await app.register(mailRoutes)
  await app.register(passkeyRoutes)
  await app.register(trashRoutes)
  await app.register(sweepRoutes)
  await app.register(erasureRoutes)
  await app.register(webhookRoutes)
  await app.register(oidcRoutes)
  await app.register(oembedRoutes)
  await app.register(eventRoutes)
  await app.register(storageUseRoutes)
  await app.register(mediaRoutes)
  await app.register(transferRoutes)
  await app.register(importRoutes)
  await app.register(twoFactorRoutes)
  await app.register(pictureRoutes)
  await app.register(grantRoutes)
  await app.register(inboxRoutes)
  await app.register(reelRoutes)
  await app.register(reelListRoutes)
  await app.register(podcastRoutes)
  await app.register(podcastFileRoutes)
  await app.register(agreementRoutes)
  await app.register(callRoutes)
  await app.register(checkInRoutes)
  await app.register(deliveryRoutes)
  await app.register(unsubscribeRoutes)
  await app.register(urgentRoutes)
  await app.register(channelPostRoutes)
  await app.register(inboundRoutes)
  await app.register(pairingRoutes)
  await app.register(decisionRoutes)
  await app.register(decisionLogRoutes)
  await app.register(hoursRoutes)
  await app.register(positionRoutes)
  await app.register(managerLinkRoutes)
  await app.register(candidateExportRoutes)
  await app.register(interviewRoutes)
  await app.register(invitationRoutes)
  await app.register(candidateRoutes)
  await app.register(everythingRoutes)
  await app.register(openLinkRoutes)
  await app.register(reviewRoutes)
  await app.register(watchPage)
  await app.register(sharePage)
  await app.register(hiringPage)
  await app.register(webPlugin)
  return app
}
export type App = Awaited<ReturnType<typeof buildApp>>
