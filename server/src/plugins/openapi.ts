import swagger from '@fastify/swagger'
import { securityOf } from '@meanwhile/shared/contract/endpoint'
import { viewerHeader } from '@meanwhile/shared/contract/viewer-header'
import fp from 'fastify-plugin'
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { withExamples } from '../openapi-example.ts'

/** Describes the API at `/api/openapi.json`, from the schemas of the contract. */
export const openapiPlugin = fp(async (app) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Meanwhile',
        version: '0.1.0',
        description: `Errors are problem details (RFC 9457). Media times are whole milliseconds. A request that names a person in the header \`${viewerHeader}\` is refused as \`signed-out\` with the session of another; a workspace may stand behind it and a space, and the request is for that one.`,
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'meanwhile.session_token' },
          token: {
            type: 'http',
            scheme: 'bearer',
            description: 'A token of Settings, API tokens. A route names the scope that it needs: `read`, `write` or `admin`.',
          },
        },
      },
      security: [{ session: [] }],
    },
    transform: createJsonSchemaTransform({}),
    transformObject: (document) => withExamples(jsonSchemaTransformObject(document)),
  })
  app.get('/api/openapi.json', { schema: { hide: true, security: securityOf('read') } }, async () => app.swagger())
})
