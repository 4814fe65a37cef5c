-- AlterTable
ALTER TABLE "operations" ADD COLUMN     "absent_at" TIMESTAMPTZ(3),
ADD COLUMN     "unknown_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "mappings_connection_id_provider_resource_provider_id_idx" ON "mappings"("connection_id", "provider_resource", "provider_id");
