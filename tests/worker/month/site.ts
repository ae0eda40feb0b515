/** What the mails of the month say of where they come from. */
export const site = { publicUrl: 'https://example.org', authSecret: 'a'.repeat(43), inboundAddress: null }
