CREATE TABLE "agreements" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"content" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_by_id" uuid,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendar_feeds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "calendar_feeds_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "call_choices" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"update_id" uuid,
	"kind" text,
	"chosen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "call_choices_updateId_unique" UNIQUE("update_id")
);
--> statement-breakpoint
CREATE TABLE "channel_posts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"target_id" uuid NOT NULL,
	"about" text NOT NULL,
	"body" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone,
	"delivered_at" timestamp (3) with time zone,
	"failure" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "post_targets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"channel_id" uuid NOT NULL,
	"format" text NOT NULL,
	"url" text NOT NULL,
	"time" text NOT NULL,
	"time_zone" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "answer_versions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"update_id" uuid NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "answers" (
	"update_id" uuid PRIMARY KEY NOT NULL,
	"round_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"question" text,
	"texts" jsonb
);
--> statement-breakpoint
CREATE TABLE "check_in_people" (
	"check_in_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "check_in_people_check_in_id_user_id_pk" PRIMARY KEY("check_in_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "check_ins" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid,
	"created_by_id" uuid,
	"name" text NOT NULL,
	"questions" jsonb NOT NULL,
	"rule" text,
	"dates" date[] DEFAULT '{}' NOT NULL,
	"starts_on" date NOT NULL,
	"time_zone" text NOT NULL,
	"opens" text DEFAULT 'start' NOT NULL,
	"due" text DEFAULT 'end' NOT NULL,
	"reminds" boolean DEFAULT true NOT NULL,
	"paused_at" timestamp (3) with time zone,
	"archived_at" timestamp (3) with time zone,
	"active_from" timestamp (3) with time zone NOT NULL,
	"settled_through" date,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"edited_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "round_people" (
	"round_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"opens_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"remind_at" timestamp (3) with time zone,
	"reminded_at" timestamp (3) with time zone,
	"state" text DEFAULT 'waiting' NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"numbers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"is_blocked" boolean DEFAULT false NOT NULL,
	"caught_up_at" timestamp (3) with time zone,
	CONSTRAINT "round_people_round_id_user_id_pk" PRIMARY KEY("round_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "rounds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"check_in_id" uuid NOT NULL,
	"date" date NOT NULL,
	"questions" jsonb NOT NULL,
	"opens_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "rounds_once" UNIQUE("check_in_id","date")
);
--> statement-breakpoint
CREATE TABLE "decision_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"comment_id" uuid NOT NULL,
	"update_id" uuid NOT NULL,
	"supersedes_id" uuid,
	"previous" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "decision_log_commentId_unique" UNIQUE("comment_id"),
	CONSTRAINT "decision_log_order" UNIQUE NULLS NOT DISTINCT("workspace_id","channel_id","seq")
);
--> statement-breakpoint
CREATE TABLE "decision_log_parts" (
	"entry_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"commitment" text NOT NULL,
	"salt" text,
	"value" jsonb,
	"user_id" uuid,
	CONSTRAINT "decision_log_parts_entry_id_position_pk" PRIMARY KEY("entry_id","position")
);
--> statement-breakpoint
CREATE TABLE "decision_people" (
	"comment_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "decision_people_comment_id_user_id_pk" PRIMARY KEY("comment_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "decision_votes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"comment_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"choice" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"comment_id" uuid PRIMARY KEY NOT NULL,
	"decided_by_all" boolean NOT NULL,
	"options" jsonb,
	"clip_from_ms" integer,
	"clip_to_ms" integer,
	"closes_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"outcome" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "busy_calendars" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"busy" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"days_off" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"read_at" timestamp (3) with time zone,
	"failure" text,
	"next_read_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delivery_rules" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"windows" text[] DEFAULT '{"09:30","15:30"}' NOT NULL,
	"focus_blocks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"muted_mails" text[] DEFAULT '{}' NOT NULL,
	"urgent_channel" text DEFAULT 'mail' NOT NULL,
	"urgent_url" text,
	"bounced_at" timestamp (3) with time zone,
	"bounce_reason" text
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"window_at" timestamp (3) with time zone NOT NULL,
	"mail_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "digests_once" UNIQUE("user_id","window_at")
);
--> statement-breakpoint
CREATE TABLE "reply_addresses" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"update_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "podcast_feeds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"channel_id" uuid,
	"check_in_id" uuid,
	"token_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "podcast_feeds_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "reel_items" (
	"reel_id" uuid NOT NULL,
	"update_id" uuid NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "reel_items_reel_id_update_id_pk" PRIMARY KEY("reel_id","update_id")
);
--> statement-breakpoint
CREATE TABLE "reels" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid,
	"author_id" uuid NOT NULL,
	"title" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "urgents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"comment_id" uuid NOT NULL,
	"asker_id" uuid NOT NULL,
	"receiver_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"channel" text NOT NULL,
	"next_attempt_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"delivered_at" timestamp (3) with time zone,
	"not_urgent_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "update_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "due_is_chosen" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "extras" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "round_id" uuid;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "digested_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "updates" ADD COLUMN "kind" text;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_changed_by_id_users_id_fk" FOREIGN KEY ("changed_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_workspace_id_user_id_members_workspace_id_user_id_fk" FOREIGN KEY ("workspace_id","user_id") REFERENCES "public"."members"("workspace_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_choices" ADD CONSTRAINT "call_choices_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_choices" ADD CONSTRAINT "call_choices_update_id_updates_id_fk" FOREIGN KEY ("update_id") REFERENCES "public"."updates"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_posts" ADD CONSTRAINT "channel_posts_target_id_post_targets_id_fk" FOREIGN KEY ("target_id") REFERENCES "public"."post_targets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_targets" ADD CONSTRAINT "post_targets_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_versions" ADD CONSTRAINT "answer_versions_update_id_answers_update_id_fk" FOREIGN KEY ("update_id") REFERENCES "public"."answers"("update_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_update_id_updates_id_fk" FOREIGN KEY ("update_id") REFERENCES "public"."updates"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_in_people" ADD CONSTRAINT "check_in_people_check_in_id_check_ins_id_fk" FOREIGN KEY ("check_in_id") REFERENCES "public"."check_ins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_in_people" ADD CONSTRAINT "check_in_people_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round_people" ADD CONSTRAINT "round_people_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round_people" ADD CONSTRAINT "round_people_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_check_in_id_check_ins_id_fk" FOREIGN KEY ("check_in_id") REFERENCES "public"."check_ins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_log" ADD CONSTRAINT "decision_log_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_log" ADD CONSTRAINT "decision_log_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_log_parts" ADD CONSTRAINT "decision_log_parts_entry_id_decision_log_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."decision_log"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_people" ADD CONSTRAINT "decision_people_comment_id_decisions_comment_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."decisions"("comment_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_people" ADD CONSTRAINT "decision_people_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_votes" ADD CONSTRAINT "decision_votes_comment_id_decisions_comment_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."decisions"("comment_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_votes" ADD CONSTRAINT "decision_votes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "busy_calendars" ADD CONSTRAINT "busy_calendars_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_rules" ADD CONSTRAINT "delivery_rules_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_mail_id_mails_id_fk" FOREIGN KEY ("mail_id") REFERENCES "public"."mails"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_addresses" ADD CONSTRAINT "reply_addresses_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_addresses" ADD CONSTRAINT "reply_addresses_update_id_updates_id_fk" FOREIGN KEY ("update_id") REFERENCES "public"."updates"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "podcast_feeds" ADD CONSTRAINT "podcast_feeds_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "podcast_feeds" ADD CONSTRAINT "podcast_feeds_check_in_id_check_ins_id_fk" FOREIGN KEY ("check_in_id") REFERENCES "public"."check_ins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "podcast_feeds" ADD CONSTRAINT "podcast_feeds_workspace_id_user_id_members_workspace_id_user_id_fk" FOREIGN KEY ("workspace_id","user_id") REFERENCES "public"."members"("workspace_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reel_items" ADD CONSTRAINT "reel_items_reel_id_reels_id_fk" FOREIGN KEY ("reel_id") REFERENCES "public"."reels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reel_items" ADD CONSTRAINT "reel_items_update_id_updates_id_fk" FOREIGN KEY ("update_id") REFERENCES "public"."updates"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reels" ADD CONSTRAINT "reels_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reels" ADD CONSTRAINT "reels_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reels" ADD CONSTRAINT "reels_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "urgents" ADD CONSTRAINT "urgents_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "urgents" ADD CONSTRAINT "urgents_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "urgents" ADD CONSTRAINT "urgents_asker_id_users_id_fk" FOREIGN KEY ("asker_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "urgents" ADD CONSTRAINT "urgents_receiver_id_users_id_fk" FOREIGN KEY ("receiver_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calendar_feeds_user_id_workspace_id_index" ON "calendar_feeds" USING btree ("user_id","workspace_id");--> statement-breakpoint
CREATE INDEX "call_choices_workspace_id_chosen_at_index" ON "call_choices" USING btree ("workspace_id","chosen_at");--> statement-breakpoint
CREATE UNIQUE INDEX "channel_posts_once" ON "channel_posts" USING btree ("target_id","about");--> statement-breakpoint
CREATE INDEX "channel_posts_waiting" ON "channel_posts" USING btree ("next_attempt_at") WHERE "channel_posts"."next_attempt_at" is not null;--> statement-breakpoint
CREATE INDEX "post_targets_channel_id_index" ON "post_targets" USING btree ("channel_id");--> statement-breakpoint
CREATE INDEX "answer_versions_update_id_id_index" ON "answer_versions" USING btree ("update_id","id");--> statement-breakpoint
CREATE INDEX "answers_round_id_user_id_index" ON "answers" USING btree ("round_id","user_id");--> statement-breakpoint
CREATE INDEX "answers_user_id_index" ON "answers" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "check_in_people_user_id_index" ON "check_in_people" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "check_ins_workspace_id_created_at_id_index" ON "check_ins" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "check_ins_channel_id_index" ON "check_ins" USING btree ("channel_id");--> statement-breakpoint
CREATE INDEX "check_ins_active" ON "check_ins" USING btree ("id") WHERE "check_ins"."paused_at" is null and "check_ins"."archived_at" is null;--> statement-breakpoint
CREATE INDEX "round_people_waiting" ON "round_people" USING btree ("user_id","due_at") WHERE "round_people"."state" = 'waiting' and "round_people"."role" = 'participant';--> statement-breakpoint
CREATE INDEX "round_people_to_remind" ON "round_people" USING btree ("remind_at") WHERE "round_people"."state" = 'waiting' and "round_people"."reminded_at" is null;--> statement-breakpoint
CREATE INDEX "rounds_open" ON "rounds" USING btree ("due_at") WHERE "rounds"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "decision_log_channel_id_index" ON "decision_log" USING btree ("channel_id");--> statement-breakpoint
CREATE INDEX "decision_log_supersedes_id_index" ON "decision_log" USING btree ("supersedes_id");--> statement-breakpoint
CREATE INDEX "decision_log_parts_user_id_index" ON "decision_log_parts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "decision_people_user_id_index" ON "decision_people" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "decision_votes_comment_id_user_id_id_index" ON "decision_votes" USING btree ("comment_id","user_id","id");--> statement-breakpoint
CREATE INDEX "decision_votes_user_id_index" ON "decision_votes" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "decisions_open" ON "decisions" USING btree ("closes_at") WHERE "decisions"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "busy_calendars_next_read_at_index" ON "busy_calendars" USING btree ("next_read_at");--> statement-breakpoint
CREATE INDEX "digests_mail_id_index" ON "digests" USING btree ("mail_id");--> statement-breakpoint
CREATE INDEX "reply_addresses_user_id_index" ON "reply_addresses" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "reply_addresses_update_id_index" ON "reply_addresses" USING btree ("update_id");--> statement-breakpoint
CREATE UNIQUE INDEX "podcast_feeds_of_all" ON "podcast_feeds" USING btree ("user_id","workspace_id") WHERE "podcast_feeds"."channel_id" is null and "podcast_feeds"."check_in_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "podcast_feeds_of_channel" ON "podcast_feeds" USING btree ("user_id","channel_id");--> statement-breakpoint
CREATE UNIQUE INDEX "podcast_feeds_of_check_in" ON "podcast_feeds" USING btree ("user_id","check_in_id");--> statement-breakpoint
CREATE INDEX "podcast_feeds_channel_id_index" ON "podcast_feeds" USING btree ("channel_id");--> statement-breakpoint
CREATE INDEX "podcast_feeds_check_in_id_index" ON "podcast_feeds" USING btree ("check_in_id");--> statement-breakpoint
CREATE INDEX "reel_items_update_id_index" ON "reel_items" USING btree ("update_id");--> statement-breakpoint
CREATE INDEX "reels_workspace_id_created_at_id_index" ON "reels" USING btree ("workspace_id","created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "reels_channel_id_index" ON "reels" USING btree ("channel_id");--> statement-breakpoint
CREATE UNIQUE INDEX "urgents_once" ON "urgents" USING btree ("comment_id","receiver_id");--> statement-breakpoint
CREATE INDEX "urgents_workspace_id_created_at_index" ON "urgents" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "urgents_receiver_id_created_at_index" ON "urgents" USING btree ("receiver_id","created_at");--> statement-breakpoint
CREATE INDEX "urgents_asker_id_created_at_index" ON "urgents" USING btree ("asker_id","created_at");--> statement-breakpoint
CREATE INDEX "urgents_waiting" ON "urgents" USING btree ("next_attempt_at") WHERE "urgents"."next_attempt_at" is not null;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comments_asked_of" ON "comments" USING btree ("owner_id","due_at","id") WHERE "comments"."owner_id" is not null and "comments"."resolved_at" is null and "comments"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "comments_due" ON "comments" USING btree ("due_at") WHERE "comments"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "notifications_round_id_index" ON "notifications" USING btree ("round_id");--> statement-breakpoint
CREATE INDEX "notifications_to_deliver" ON "notifications" USING btree ("user_id","created_at") WHERE "notifications"."read_at" is null and "notifications"."digested_at" is null;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_round_once" UNIQUE("user_id","round_id","kind");--> statement-breakpoint
-- What was there before digests is read in the app, and is not told again.
UPDATE "notifications" SET "digested_at" = now() WHERE "read_at" IS NULL;--> statement-breakpoint
-- By hand from here on: what was decided is added and never changed. It goes with its workspace or its channel alone.
CREATE FUNCTION "keep_decision_log"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' THEN
		IF NOT EXISTS (SELECT 1 FROM "workspaces" WHERE "id" = OLD."workspace_id") THEN RETURN OLD; END IF;
		IF OLD."channel_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "channels" WHERE "id" = OLD."channel_id") THEN RETURN OLD; END IF;
	END IF;
	RAISE EXCEPTION 'decisions are added to the log, never changed or deleted' USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER "decision_log_kept" BEFORE UPDATE OR DELETE ON "decision_log" FOR EACH ROW EXECUTE FUNCTION "keep_decision_log"();--> statement-breakpoint
CREATE TRIGGER "decision_log_not_emptied" BEFORE TRUNCATE ON "decision_log" FOR EACH STATEMENT EXECUTE FUNCTION "keep_decision_log"();--> statement-breakpoint
-- Only whoever is erased by law is not named any more: the transaction that does it says so, and the salt goes, so that nothing is passed off as what was said.
CREATE FUNCTION "keep_decision_log_parts"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM "decision_log" WHERE "id" = OLD."entry_id") THEN RETURN OLD; END IF;
	IF TG_OP = 'UPDATE' AND current_setting('meanwhile.erases', true) = 'a person' AND NEW."salt" IS NULL
		AND (NEW."entry_id", NEW."position", NEW."name", NEW."commitment") IS NOT DISTINCT FROM (OLD."entry_id", OLD."position", OLD."name", OLD."commitment") THEN RETURN NEW; END IF;
	RAISE EXCEPTION 'decisions are added to the log, never changed or deleted' USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER "decision_log_parts_kept" BEFORE UPDATE OR DELETE ON "decision_log_parts" FOR EACH ROW EXECUTE FUNCTION "keep_decision_log_parts"();--> statement-breakpoint
CREATE TRIGGER "decision_log_parts_not_emptied" BEFORE TRUNCATE ON "decision_log_parts" FOR EACH STATEMENT EXECUTE FUNCTION "keep_decision_log_parts"();
