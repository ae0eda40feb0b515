import { everyMember, everyReader, itsPerson } from './audiences.ts'
import { row } from './row.ts'

export const notificationRows = [
  row('GET /api/notifications', everyMember),
  row('GET /api/me/rounds', everyMember),
  row('GET /api/me/candidates', everyMember),
  row('GET /api/me/decisions', everyMember),
  row('PUT /api/notifications/read', everyMember, { body: {} }),
  row('PUT /api/notifications/{notificationId}/read', itsPerson),
  row('DELETE /api/notifications/{notificationId}/read', itsPerson),
  row('GET /api/events', everyReader),
]
