-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "metadata" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "metadata" JSONB NOT NULL DEFAULT '{}';

-- CreateIndex
CREATE INDEX "audit_entries_account_id_mode_action_id_idx" ON "audit_entries"("account_id", "mode", "action", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_account_id_mode_actor_key_id_id_idx" ON "audit_entries"("account_id", "mode", "actor_key_id", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_account_id_resource_id_id_idx" ON "audit_entries"("account_id", "resource_id", "id" DESC);
