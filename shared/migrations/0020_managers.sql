CREATE TABLE "manager_link_candidates" (
	"link_id" uuid NOT NULL,
	"invitation_id" uuid NOT NULL,
	CONSTRAINT "manager_link_candidates_link_id_invitation_id_pk" PRIMARY KEY("link_id","invitation_id")
);
--> statement-breakpoint
CREATE TABLE "manager_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"position_id" uuid NOT NULL,
	"label" text NOT NULL,
	"is_for_all" boolean NOT NULL,
	"created_by_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"last_opened_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "candidate_invitations" ADD COLUMN "number" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "positions" ADD COLUMN "hides_names" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "positions" ADD COLUMN "numbered_candidates" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "manager_link_candidates" ADD CONSTRAINT "manager_link_candidates_link_id_manager_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."manager_links"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "manager_link_candidates" ADD CONSTRAINT "manager_link_candidates_invitation_id_candidate_invitations_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."candidate_invitations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "manager_links" ADD CONSTRAINT "manager_links_position_id_positions_id_fk" FOREIGN KEY ("position_id") REFERENCES "public"."positions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "manager_links" ADD CONSTRAINT "manager_links_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "manager_link_candidates_invitation_id_index" ON "manager_link_candidates" USING btree ("invitation_id");--> statement-breakpoint
CREATE INDEX "manager_links_position_id_created_at_index" ON "manager_links" USING btree ("position_id","created_at");--> statement-breakpoint
UPDATE "candidate_invitations" SET "number" = "counted"."number" FROM (SELECT "id", row_number() OVER (PARTITION BY "position_id" ORDER BY "created_at", "id") AS "number" FROM "candidate_invitations") "counted" WHERE "counted"."id" = "candidate_invitations"."id";--> statement-breakpoint
UPDATE "positions" SET "numbered_candidates" = (SELECT count(*) FROM "candidate_invitations" WHERE "candidate_invitations"."position_id" = "positions"."id");--> statement-breakpoint
-- However candidates come in, each has a number of their own, and nobody gets that of somebody who was erased.
CREATE FUNCTION "number_candidate"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE "positions" SET "numbered_candidates" = "numbered_candidates" + 1 WHERE "id" = NEW."position_id" RETURNING "numbered_candidates" INTO NEW."number";
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER "candidate_invitations_numbered" BEFORE INSERT ON "candidate_invitations" FOR EACH ROW WHEN (NEW."number" = 0) EXECUTE FUNCTION "number_candidate"();
