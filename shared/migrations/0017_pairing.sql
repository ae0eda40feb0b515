CREATE TABLE "pairing_fortnights" (
	"workspace_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "pairing_fortnights_workspace_id_starts_on_pk" PRIMARY KEY("workspace_id","starts_on")
);
--> statement-breakpoint
CREATE TABLE "pairing_people" (
	"pairing_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"opens_at" timestamp (3) with time zone NOT NULL,
	"told_at" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "pairing_people_pairing_id_user_id_pk" PRIMARY KEY("pairing_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "pairings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"question" text NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"revealed_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"gone_at" timestamp (3) with time zone NOT NULL,
	"erased_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "pairing_id" uuid;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "pairing_from" date;--> statement-breakpoint
ALTER TABLE "updates" ADD COLUMN "pairing_id" uuid;--> statement-breakpoint
ALTER TABLE "pairing_fortnights" ADD CONSTRAINT "pairing_fortnights_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pairing_people" ADD CONSTRAINT "pairing_people_pairing_id_pairings_id_fk" FOREIGN KEY ("pairing_id") REFERENCES "public"."pairings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pairing_people" ADD CONSTRAINT "pairing_people_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pairings" ADD CONSTRAINT "pairings_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pairing_people_user_id_index" ON "pairing_people" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "pairing_people_to_tell" ON "pairing_people" USING btree ("opens_at") WHERE "pairing_people"."told_at" is null and "pairing_people"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "pairings_workspace_id_starts_on_index" ON "pairings" USING btree ("workspace_id","starts_on");--> statement-breakpoint
CREATE INDEX "pairings_open" ON "pairings" USING btree ("ends_at") WHERE "pairings"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "pairings_to_erase" ON "pairings" USING btree ("gone_at") WHERE "pairings"."erased_at" is null;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_pairing_id_pairings_id_fk" FOREIGN KEY ("pairing_id") REFERENCES "public"."pairings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "updates" ADD CONSTRAINT "updates_pairing_id_pairings_id_fk" FOREIGN KEY ("pairing_id") REFERENCES "public"."pairings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notifications_pairing_id_index" ON "notifications" USING btree ("pairing_id");--> statement-breakpoint
CREATE INDEX "updates_of_pairings" ON "updates" USING btree ("pairing_id","author_id") WHERE "updates"."pairing_id" is not null;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_pairing_once" UNIQUE("user_id","pairing_id","kind");