-- DropIndex
DROP INDEX "events_account_id_mode_id_idx";

-- DropIndex
DROP INDEX "operations_account_id_mode_id_idx";

-- DropIndex
DROP INDEX "operations_account_id_mode_state_id_idx";

-- CreateIndex
CREATE INDEX "events_account_id_mode_id_idx" ON "events"("account_id", "mode", "id");

-- CreateIndex
CREATE INDEX "events_account_id_mode_type_id_idx" ON "events"("account_id", "mode", "type", "id");

-- CreateIndex
CREATE INDEX "mappings_account_id_mode_id_idx" ON "mappings"("account_id", "mode", "id");

-- CreateIndex
CREATE INDEX "mappings_account_id_mode_provider_id_id_idx" ON "mappings"("account_id", "mode", "provider_id", "id");

-- CreateIndex
CREATE INDEX "mappings_account_id_mode_provider_id_idx" ON "mappings"("account_id", "mode", "provider", "id");

-- CreateIndex
CREATE INDEX "mappings_account_id_mode_provider_provider_resource_id_idx" ON "mappings"("account_id", "mode", "provider", "provider_resource", "id");

-- CreateIndex
CREATE INDEX "operations_account_id_mode_id_idx" ON "operations"("account_id", "mode", "id");

-- CreateIndex
CREATE INDEX "operations_account_id_mode_state_id_idx" ON "operations"("account_id", "mode", "state", "id");

-- CreateIndex
CREATE INDEX "operations_account_id_mode_operation_id_idx" ON "operations"("account_id", "mode", "operation", "id");

-- CreateIndex
CREATE INDEX "operations_account_id_mode_provider_id_idx" ON "operations"("account_id", "mode", "provider", "id");
