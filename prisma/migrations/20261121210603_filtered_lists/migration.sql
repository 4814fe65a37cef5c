-- CreateIndex
CREATE INDEX "events_account_id_mode_type_id_idx" ON "events"("account_id", "mode", "type", "id" DESC);

-- CreateIndex
CREATE INDEX "mappings_account_id_mode_id_idx" ON "mappings"("account_id", "mode", "id" DESC);

-- CreateIndex
CREATE INDEX "mappings_account_id_mode_provider_id_id_idx" ON "mappings"("account_id", "mode", "provider_id", "id" DESC);

-- CreateIndex
CREATE INDEX "mappings_account_id_mode_provider_id_idx" ON "mappings"("account_id", "mode", "provider", "id" DESC);

-- CreateIndex
CREATE INDEX "mappings_account_id_mode_provider_provider_resource_id_idx" ON "mappings"("account_id", "mode", "provider", "provider_resource", "id" DESC);

-- CreateIndex
CREATE INDEX "operations_account_id_mode_operation_id_idx" ON "operations"("account_id", "mode", "operation", "id" DESC);

-- CreateIndex
CREATE INDEX "operations_account_id_mode_provider_id_idx" ON "operations"("account_id", "mode", "provider", "id" DESC);

-- CreateIndex
CREATE INDEX "operations_account_id_mode_provider_operation_id_idx" ON "operations"("account_id", "mode", "provider", "operation", "id" DESC);
