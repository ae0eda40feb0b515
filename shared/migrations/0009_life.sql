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
