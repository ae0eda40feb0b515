import { admins, adminsOfIt } from './audiences.ts'
import { row } from './row.ts'

export const webhookRows = [
  row('GET /api/webhooks', admins),
  row('POST /api/webhooks', admins, { body: { url: 'https://example.org/hook', events: ['member.joined'] } }),
  row('GET /api/webhooks/{webhookId}/deliveries', adminsOfIt),
  row('POST /api/webhooks/{webhookId}/test', adminsOfIt),
  row('POST /api/webhooks/{webhookId}/deliveries/{deliveryId}/replay', adminsOfIt),
  row('POST /api/webhooks/{webhookId}/rotate', adminsOfIt),
  row('PUT /api/webhooks/{webhookId}/enabled', adminsOfIt),
  row('PATCH /api/webhooks/{webhookId}', adminsOfIt, { body: { events: ['member.joined'] } }),
  row('DELETE /api/webhooks/{webhookId}', adminsOfIt, { fresh: 'webhook' }),
]
