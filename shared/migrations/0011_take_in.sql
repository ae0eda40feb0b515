ALTER TABLE "users" ADD COLUMN "imported_to" uuid;--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_imported_to_workspaces_id_fk" FOREIGN KEY ("imported_to") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "users_imported_to_index" ON "users" USING btree ("imported_to");