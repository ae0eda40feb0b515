ALTER TABLE "videos" ADD COLUMN "stored_bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE "videos" SET "stored_bytes" =
  coalesce((SELECT sum("size_bytes") FROM "segments" WHERE "segments"."video_id" = "videos"."id" AND NOT "filled"), 0) +
  coalesce((SELECT sum("size_bytes") FROM "file_parts" WHERE "file_parts"."video_id" = "videos"."id"), 0);
