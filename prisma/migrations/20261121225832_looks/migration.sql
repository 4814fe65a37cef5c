-- AlterTable
ALTER TABLE "operations" ADD COLUMN     "absent_at" TIMESTAMPTZ(3),
ADD COLUMN     "unknown_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "mappings_connection_id_provider_resource_provider_id_idx" ON "mappings"("connection_id", "provider_resource", "provider_id");

-- What is unknown by now is looked for too.
UPDATE "operations" SET "unknown_at" = coalesce("sent_at", "created_at") WHERE "state" = 'unknown' OR "resolution" IS NOT NULL;
UPDATE "operations" SET "next_look_at" = now() WHERE "state" = 'unknown' AND "reconcile" <> 'by_person';
