DROP INDEX "audit_events_newest";--> statement-breakpoint
DROP INDEX "mails_workspace_id_created_at_index";--> statement-breakpoint
DROP INDEX "mails_user_id_created_at_index";--> statement-breakpoint
DROP INDEX "mails_recipient_created_at_index";--> statement-breakpoint
DROP INDEX "reels_workspace_id_created_at_id_index";--> statement-breakpoint
DROP INDEX "transfers_newest";--> statement-breakpoint
DROP INDEX "updates_workspace_id_created_at_id_index";--> statement-breakpoint
DROP INDEX "updates_channel_id_created_at_id_index";--> statement-breakpoint
DROP INDEX "webhook_deliveries_webhook_id_created_at_index";--> statement-breakpoint
CREATE INDEX "audit_events_newest" ON "audit_events" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "mails_workspace_id_created_at_index" ON "mails" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "mails_user_id_created_at_index" ON "mails" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "mails_recipient_created_at_index" ON "mails" USING btree ("recipient","created_at");--> statement-breakpoint
CREATE INDEX "reels_workspace_id_created_at_id_index" ON "reels" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "transfers_newest" ON "transfers" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "updates_workspace_id_created_at_id_index" ON "updates" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "updates_channel_id_created_at_id_index" ON "updates" USING btree ("channel_id","created_at","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_webhook_id_created_at_index" ON "webhook_deliveries" USING btree ("webhook_id","created_at");