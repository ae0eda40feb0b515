CREATE TABLE "erasures" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid,
	"workspace_id" uuid,
	"total" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "erasures_userId_unique" UNIQUE("user_id")
);
--> statement-breakpoint
CREATE TABLE "sweeps" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"objects" integer DEFAULT 0 NOT NULL,
	"deleted_objects" integer DEFAULT 0 NOT NULL,
	"deleted_bytes" bigint DEFAULT 0 NOT NULL,
	"left_objects" integer DEFAULT 0 NOT NULL,
	"missing_objects" integer DEFAULT 0 NOT NULL,
	"missing" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "video_remains" (
	"video_id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"emptied_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "retention_days" integer;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "retention_days" integer;--> statement-breakpoint
ALTER TABLE "updates" ADD COLUMN "trashed_by_id" uuid;--> statement-breakpoint
ALTER TABLE "updates" ADD COLUMN "kept_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "updates" ADD COLUMN "warned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "erasures_workspace_id_created_at_index" ON "erasures" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "video_remains_created_at_index" ON "video_remains" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "updates" ADD CONSTRAINT "updates_trashed_by_id_users_id_fk" FOREIGN KEY ("trashed_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "updates_trashed" ON "updates" USING btree ("trashed_at") WHERE "updates"."trashed_at" is not null;--> statement-breakpoint
-- Not written by the generator, from here on.
-- Whatever takes the row of a video away, its objects are to be deleted behind it.
CREATE FUNCTION "keep_video_remains"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO "video_remains" ("video_id") VALUES (OLD."id") ON CONFLICT ("video_id") DO UPDATE SET "emptied_at" = NULL;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "videos_remains" AFTER DELETE ON "videos" FOR EACH ROW EXECUTE FUNCTION "keep_video_remains"();
--> statement-breakpoint
-- Nobody changes what was done. Only who is erased by law is not named in it any more: the transaction that does it says so.
CREATE OR REPLACE FUNCTION "keep_audit_events"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM "workspaces" WHERE "id" = OLD."workspace_id") THEN RETURN OLD; END IF;
	IF TG_OP = 'UPDATE' AND current_setting('meanwhile.erases', true) = 'a person'
		AND (NEW."id", NEW."workspace_id", NEW."action", NEW."created_at") IS NOT DISTINCT FROM (OLD."id", OLD."workspace_id", OLD."action", OLD."created_at") THEN RETURN NEW; END IF;
	RAISE EXCEPTION 'audit events are added, never changed or deleted' USING ERRCODE = 'restrict_violation';
END $$;
