-- CreateIndex: what was done for an order or a property and leaves nothing of ours behind
CREATE INDEX "operations_for" ON "operations"("account_id", "subject_id", "id" DESC) WHERE "resource_prefix" = 'operation';
