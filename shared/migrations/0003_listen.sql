CREATE TABLE "captions" (
	"video_id" uuid NOT NULL,
	"language" text NOT NULL,
	"source" text NOT NULL,
	"label" text NOT NULL,
	"version" uuid DEFAULT gen_random_uuid() NOT NULL,
	"cues" jsonb NOT NULL,
	"key" text NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "captions_video_id_language_source_pk" PRIMARY KEY("video_id","language","source")
);
--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "sound" jsonb;--> statement-breakpoint
ALTER TABLE "captions" ADD CONSTRAINT "captions_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
INSERT INTO "stages" ("video_id", "name") SELECT "id", "name" FROM "videos", unnest(array['silence', 'preview']) AS "name" WHERE "finished_segments" IS NOT NULL;
