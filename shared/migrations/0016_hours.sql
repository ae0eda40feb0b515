CREATE TABLE "hours_weeks" (
	"workspace_id" uuid NOT NULL,
	"week" date NOT NULL,
	"place" text NOT NULL,
	"recorded_ms" bigint DEFAULT 0 NOT NULL,
	"watched_ms" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "hours_weeks_workspace_id_week_place_pk" PRIMARY KEY("workspace_id","week","place")
);
--> statement-breakpoint
CREATE TABLE "replaced_meetings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"people" integer NOT NULL,
	"minutes" integer NOT NULL,
	"times" integer NOT NULL,
	"per" text NOT NULL,
	"since" date NOT NULL,
	"until" date,
	"place" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "replaced_meetings_last" CHECK ("replaced_meetings"."until" is null or "replaced_meetings"."until" >= "replaced_meetings"."since")
);
--> statement-breakpoint
ALTER TABLE "views" ADD COLUMN "watched_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "counted_ms" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "hours_weeks" ADD CONSTRAINT "hours_weeks_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replaced_meetings" ADD CONSTRAINT "replaced_meetings_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "replaced_meetings_workspace_id_created_at_index" ON "replaced_meetings" USING btree ("workspace_id","created_at");--> statement-breakpoint
-- By hand: what was recorded before anybody counted is not counted when it grows.
UPDATE "videos" SET "counted_ms" = coalesce("duration_ms", 0);
