CREATE TABLE "file_parts" (
	"video_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"sha256" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "file_parts_video_id_number_pk" PRIMARY KEY("video_id","number")
);
--> statement-breakpoint
ALTER TABLE "segments" ADD COLUMN "filled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "recovered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "recorded" jsonb;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "reported_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "clock_ms" integer;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "layout" jsonb;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "cuts" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "chapters" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "checked" jsonb;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "file" jsonb;--> statement-breakpoint
ALTER TABLE "file_parts" ADD CONSTRAINT "file_parts_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE cascade ON UPDATE no action;