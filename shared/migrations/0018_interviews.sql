CREATE TABLE "candidate_invitations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"position_id" uuid NOT NULL,
	"interview_id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"deadline_at" timestamp (3) with time zone,
	"extra_time_percent" integer DEFAULT 0 NOT NULL,
	"may_write" boolean DEFAULT false NOT NULL,
	"created_by_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"consented_at" timestamp (3) with time zone,
	"consent_version" text,
	"submitted_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone,
	"decision" text,
	"decision_reason" text,
	"decided_by_id" uuid,
	"decided_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "interview_answers" (
	"update_id" uuid PRIMARY KEY NOT NULL,
	"invitation_id" uuid NOT NULL,
	"question_id" text NOT NULL,
	"way" text NOT NULL,
	"is_chosen" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "interview_templates" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"content" jsonb NOT NULL,
	"video_ids" uuid[] DEFAULT '{}' NOT NULL,
	"created_by_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "interviews" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"position_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"revision" integer NOT NULL,
	"content" jsonb NOT NULL,
	"video_ids" uuid[] DEFAULT '{}' NOT NULL,
	"frozen_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "position_people" (
	"position_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "position_people_position_id_user_id_pk" PRIMARY KEY("position_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "positions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"title" text NOT NULL,
	"created_by_id" uuid,
	"delete_after_days" integer DEFAULT 30 NOT NULL,
	"promise_days" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "scorecards" (
	"invitation_id" uuid NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"scores" jsonb NOT NULL,
	"note" text NOT NULL,
	"recommendation" text,
	"submitted_at" timestamp (3) with time zone,
	"unsealed_at" timestamp (3) with time zone,
	"changed_after_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scorecards_invitation_id_reviewer_id_pk" PRIMARY KEY("invitation_id","reviewer_id")
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "candidate_of" uuid;--> statement-breakpoint
ALTER TABLE "updates" ADD COLUMN "is_interview" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "updates" ADD COLUMN "is_apart" boolean GENERATED ALWAYS AS (pairing_id is not null or is_interview) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "candidate_invitations" ADD CONSTRAINT "candidate_invitations_position_id_positions_id_fk" FOREIGN KEY ("position_id") REFERENCES "public"."positions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidate_invitations" ADD CONSTRAINT "candidate_invitations_interview_id_interviews_id_fk" FOREIGN KEY ("interview_id") REFERENCES "public"."interviews"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidate_invitations" ADD CONSTRAINT "candidate_invitations_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "candidate_invitations" ADD CONSTRAINT "candidate_invitations_decided_by_id_users_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interview_answers" ADD CONSTRAINT "interview_answers_update_id_updates_id_fk" FOREIGN KEY ("update_id") REFERENCES "public"."updates"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interview_answers" ADD CONSTRAINT "interview_answers_invitation_id_candidate_invitations_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."candidate_invitations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interview_templates" ADD CONSTRAINT "interview_templates_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interview_templates" ADD CONSTRAINT "interview_templates_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "interviews" ADD CONSTRAINT "interviews_position_id_positions_id_fk" FOREIGN KEY ("position_id") REFERENCES "public"."positions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "position_people" ADD CONSTRAINT "position_people_position_id_positions_id_fk" FOREIGN KEY ("position_id") REFERENCES "public"."positions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "position_people" ADD CONSTRAINT "position_people_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "positions" ADD CONSTRAINT "positions_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "positions" ADD CONSTRAINT "positions_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorecards" ADD CONSTRAINT "scorecards_invitation_id_candidate_invitations_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."candidate_invitations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scorecards" ADD CONSTRAINT "scorecards_reviewer_id_users_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "candidate_invitations_position_id_created_at_index" ON "candidate_invitations" USING btree ("position_id","created_at");--> statement-breakpoint
CREATE INDEX "candidate_invitations_interview_id_index" ON "candidate_invitations" USING btree ("interview_id");--> statement-breakpoint
CREATE INDEX "interview_answers_invitation_id_question_id_index" ON "interview_answers" USING btree ("invitation_id","question_id");--> statement-breakpoint
CREATE UNIQUE INDEX "interview_answers_chosen" ON "interview_answers" USING btree ("invitation_id","question_id") WHERE "interview_answers"."is_chosen";--> statement-breakpoint
CREATE INDEX "interview_templates_workspace_id_index" ON "interview_templates" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "interview_templates_videos" ON "interview_templates" USING gin ("video_ids");--> statement-breakpoint
CREATE UNIQUE INDEX "interviews_position_id_version_index" ON "interviews" USING btree ("position_id","version");--> statement-breakpoint
CREATE INDEX "interviews_videos" ON "interviews" USING gin ("video_ids");--> statement-breakpoint
CREATE INDEX "position_people_user_id_index" ON "position_people" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "positions_workspace_id_created_at_index" ON "positions" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "scorecards_reviewer_id_index" ON "scorecards" USING btree ("reviewer_id");--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_candidate_of_candidate_invitations_id_fk" FOREIGN KEY ("candidate_of") REFERENCES "public"."candidate_invitations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "users_candidate_of_index" ON "users" USING btree ("candidate_of");