CREATE TABLE "share_codes" (
	"link_id" uuid NOT NULL,
	"email" text NOT NULL,
	"hash" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "share_codes_link_id_email_pk" PRIMARY KEY("link_id","email")
);
--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "embed_sites" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "share_links" ADD COLUMN "email_domains" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "share_codes" ADD CONSTRAINT "share_codes_link_id_share_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."share_links"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "share_codes_expires_at_index" ON "share_codes" USING btree ("expires_at");