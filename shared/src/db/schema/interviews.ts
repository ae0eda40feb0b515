import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { CandidateLanguage } from '../../contract/candidate-invitations.ts'
import type { AnswerWay, InterviewContent } from '../../contract/interviews.ts'
import type { PositionRole } from '../../contract/positions.ts'
import type { Decision, LineScore, Recommendation } from '../../contract/scorecards.ts'
import { users, workspaces } from './people.ts'
import { updates } from './updates.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })
const workspaceId = () =>
  uuid()
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })
/** Whoever made it may be gone. */
const createdById = () => uuid().references(() => users.id, { onDelete: 'set null' })
const content = () => jsonb().$type<InterviewContent>().notNull()
/** The updates whose videos the content names: kept beside it so that the right to see one is a look into an index. */
const videoIds = () => uuid().array().notNull().default([])

/** A job that people are interviewed for. */
export const positions = pgTable(
  'positions',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: workspaceId(),
    title: text().notNull(),
    createdById: createdById(),
    /** How long after it is closed what candidates said is kept, in days. */
    deleteAfterDays: integer().notNull().default(30),
    /** Within how many days after an answer candidates hear from the team; null where nothing was promised. */
    promiseDays: integer(),
    /** Candidates who get mail are reminded of their deadline. */
    remindsCandidates: boolean().notNull().default(true),
    /** Candidates have a letter instead of their name for whoever is no owner. */
    hidesNames: boolean().notNull().default(false),
    /** How many candidates were ever invited: the number of the latest of them. */
    numberedCandidates: integer().notNull().default(0),
    createdAt: at().notNull().defaultNow(),
    closedAt: at(),
  },
  (table) => [index().on(table.workspaceId, table.createdAt)],
)

export const positionPeople = pgTable(
  'position_people',
  {
    positionId: uuid()
      .notNull()
      .references(() => positions.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text().$type<PositionRole>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.positionId, table.userId] }), index().on(table.userId)],
)

/** The versions of what a position asks. Only the newest changes, and none that somebody was invited to. */
export const interviews = pgTable(
  'interviews',
  {
    id: uuid().primaryKey().defaultRandom(),
    positionId: uuid()
      .notNull()
      .references(() => positions.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    /** Grows with each change, over all versions. */
    revision: integer().notNull(),
    content: content(),
    videoIds: videoIds(),
    /** When somebody was first invited to it. */
    frozenAt: at(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [uniqueIndex().on(table.positionId, table.version), index('interviews_videos').using('gin', table.videoIds)],
)

export const interviewTemplates = pgTable(
  'interview_templates',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: workspaceId(),
    name: text().notNull(),
    content: content(),
    videoIds: videoIds(),
    createdById: createdById(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [index().on(table.workspaceId), index('interview_templates_videos').using('gin', table.videoIds)],
)

/** The one link of a position that is for everybody; its token is made of the id. Without a row there is none. */
export const openLinks = pgTable(
  'open_links',
  {
    id: uuid().primaryKey().defaultRandom(),
    positionId: uuid()
      .notNull()
      .references(() => positions.id, { onDelete: 'cascade' }),
    maxCandidates: integer().notNull(),
    closesAt: at(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [uniqueIndex().on(table.positionId)],
)

/** A candidate and their link, whose token is made of the id. Once they consent a person of the same id stands for them. */
export const candidateInvitations = pgTable(
  'candidate_invitations',
  {
    id: uuid().primaryKey().defaultRandom(),
    positionId: uuid()
      .notNull()
      .references(() => positions.id, { onDelete: 'cascade' }),
    /** The version that they answer, whatever is asked of others later. */
    interviewId: uuid()
      .notNull()
      .references((): AnyPgColumn => interviews.id, { onDelete: 'cascade' }),
    /** Empty once it was withdrawn. */
    name: text().notNull(),
    email: text(),
    /** They came by the open link of the position. */
    isByOpenLink: boolean().notNull().default(false),
    /** The team wished that letters go to that address: the link, reminders, a receipt. */
    byMail: boolean().notNull().default(false),
    /** Theirs, once they chose one or were invited in it. */
    language: text().$type<CandidateLanguage>(),
    /** An IANA name; null until their browser has said it. */
    timeZone: text(),
    /** From 1 within the position, given by a trigger: it makes the letter under which a candidate goes without a name, whoever is erased. */
    number: integer().notNull().default(0),
    deadlineAt: at(),
    /** When the deadline became what it is. */
    deadlineSetAt: at().notNull().defaultNow(),
    /** The deadline that each of the two reminders was about: another one is reminded of anew. */
    firstReminderOf: at(),
    lastReminderOf: at(),
    extraTimePercent: integer().notNull().default(0),
    mayWrite: boolean().notNull().default(false),
    createdById: createdById(),
    createdAt: at().notNull().defaultNow(),
    consentedAt: at(),
    /** Of the text that they consented to. */
    consentVersion: text(),
    submittedAt: at(),
    /** The one question that they may answer again after that, since when, and until when it may be begun. */
    reopenedQuestionId: text(),
    reopenedAt: at(),
    reopenedUntil: at(),
    revokedAt: at(),
    /** When they deleted all of theirs. */
    withdrawnAt: at(),
    /** What the team decided, and why; by people, never computed. */
    decision: text().$type<Decision>(),
    decisionReason: text(),
    decidedById: uuid().references(() => users.id, { onDelete: 'set null' }),
    decidedAt: at(),
  },
  (table) => [index().on(table.positionId, table.createdAt), index().on(table.interviewId)],
)

/** Takes of candidates: what was said is the update itself. */
export const interviewAnswers = pgTable(
  'interview_answers',
  {
    updateId: uuid()
      .primaryKey()
      .references(() => updates.id, { onDelete: 'cascade' }),
    invitationId: uuid()
      .notNull()
      .references(() => candidateInvitations.id, { onDelete: 'cascade' }),
    questionId: text().notNull(),
    way: text().$type<AnswerWay>().notNull(),
    /** The one that the team gets, one a question. */
    isChosen: boolean().notNull().default(false),
    /** The one that takes its place once it is handed in, where the question was opened again. */
    isNext: boolean().notNull().default(false),
    /** When it took the place of an earlier one. */
    againAt: at(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [
    index().on(table.invitationId, table.questionId),
    uniqueIndex('interview_answers_next').on(table.invitationId, table.questionId).where(sql`${table.isNext}`),
    uniqueIndex('interview_answers_chosen').on(table.invitationId, table.questionId).where(sql`${table.isChosen}`),
  ],
)

/** What a reviewer thinks of a candidate. Until it is submitted nobody else sees it, and they see none of the others. */
export const scorecards = pgTable(
  'scorecards',
  {
    invitationId: uuid()
      .notNull()
      .references(() => candidateInvitations.id, { onDelete: 'cascade' }),
    reviewerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    scores: jsonb().$type<LineScore[]>().notNull(),
    note: text().notNull(),
    recommendation: text().$type<Recommendation>(),
    submittedAt: at(),
    /** When others' scores were first shown to this reviewer. */
    unsealedAt: at(),
    /** When it was last changed after that. */
    changedAfterAt: at(),
    updatedAt: at().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.invitationId, table.reviewerId] }), index().on(table.reviewerId)],
)

/** Lets a hiring manager without an account watch what candidates of a position handed in; its token is made of the id. */
export const managerLinks = pgTable(
  'manager_links',
  {
    id: uuid().primaryKey().defaultRandom(),
    positionId: uuid()
      .notNull()
      .references(() => positions.id, { onDelete: 'cascade' }),
    /** Whom it is for, in the words of who made it. */
    label: text().notNull(),
    /** Also those who hand in later; else those who were chosen. */
    isForAll: boolean().notNull(),
    createdById: createdById(),
    createdAt: at().notNull().defaultNow(),
    expiresAt: at().notNull(),
    revokedAt: at(),
    lastOpenedAt: at(),
  },
  (table) => [index().on(table.positionId, table.createdAt)],
)

/** The candidates that a link was made for, where it is not for all. */
export const managerLinkCandidates = pgTable(
  'manager_link_candidates',
  {
    linkId: uuid()
      .notNull()
      .references(() => managerLinks.id, { onDelete: 'cascade' }),
    invitationId: uuid()
      .notNull()
      .references(() => candidateInvitations.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.linkId, table.invitationId] }), index().on(table.invitationId)],
)
