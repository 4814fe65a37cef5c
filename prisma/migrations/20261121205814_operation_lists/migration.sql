-- CreateIndex
CREATE INDEX "operations_account_id_mode_provider_operation_id_idx" ON "operations"("account_id", "mode", "provider", "operation", "id");
