CREATE TABLE "open_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"position_id" uuid NOT NULL,
	"max_candidates" integer NOT NULL,
	"closes_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "candidate_invitations" ADD COLUMN "is_by_open_link" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "candidate_invitations" ADD COLUMN "by_mail" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "candidate_invitations" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "candidate_invitations" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "candidate_invitations" ADD COLUMN "deadline_set_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "candidate_invitations" ADD COLUMN "first_reminder_of" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "candidate_invitations" ADD COLUMN "last_reminder_of" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "candidate_invitations" ADD COLUMN "reopened_question_id" text;--> statement-breakpoint
ALTER TABLE "candidate_invitations" ADD COLUMN "reopened_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "candidate_invitations" ADD COLUMN "reopened_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "interview_answers" ADD COLUMN "is_next" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "interview_answers" ADD COLUMN "again_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "positions" ADD COLUMN "reminds_candidates" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "candidate_id" uuid;--> statement-breakpoint
ALTER TABLE "open_links" ADD CONSTRAINT "open_links_position_id_positions_id_fk" FOREIGN KEY ("position_id") REFERENCES "public"."positions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "open_links_position_id_index" ON "open_links" USING btree ("position_id");--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_candidate_id_candidate_invitations_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."candidate_invitations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "interview_answers_next" ON "interview_answers" USING btree ("invitation_id","question_id") WHERE "interview_answers"."is_next";--> statement-breakpoint
CREATE INDEX "mails_candidate_id_created_at_index" ON "mails" USING btree ("candidate_id","created_at");