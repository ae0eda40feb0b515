import * as z from 'zod'

/** A day of the calendar, as `2026-03-29`, in years that calendars and databases agree on. */
export const Day = z.iso.date().refine((date) => '1970' <= date && date < '2200', 'must be a day from 1970 to 2199')
