CREATE TABLE "sent_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"mailbox" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "sent_links_mailbox_created_at_index" ON "sent_links" USING btree ("mailbox","created_at");--> statement-breakpoint
CREATE INDEX "sent_links_workspace_id_created_at_index" ON "sent_links" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "sent_links_created_at_index" ON "sent_links" USING btree ("created_at");