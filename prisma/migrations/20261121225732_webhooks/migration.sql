-- DropIndex
DROP INDEX "deliveries_account_id_webhook_id_id_idx";

-- DropIndex
DROP INDEX "deliveries_state_next_attempt_at_idx";

-- AlterTable
ALTER TABLE "deliveries" DROP COLUMN "last_error",
DROP COLUMN "last_status",
ADD COLUMN     "attempt_log" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "event_type" TEXT NOT NULL,
ADD COLUMN     "fence" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "lease_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "webhooks" ADD COLUMN     "disabled_reason" TEXT,
ADD COLUMN     "metadata" JSONB NOT NULL DEFAULT '{}';

-- CreateIndex
CREATE INDEX "deliveries_account_id_mode_webhook_id_id_idx" ON "deliveries"("account_id", "mode", "webhook_id", "id" DESC);

-- CreateIndex
CREATE INDEX "deliveries_account_id_mode_webhook_id_state_id_idx" ON "deliveries"("account_id", "mode", "webhook_id", "state", "id" DESC);

-- CreateIndex: the queue, webhook by webhook, so that one with a long backlog is stepped over
CREATE INDEX "deliveries_due" ON "deliveries"("webhook_id", "next_attempt_at") WHERE "next_attempt_at" IS NOT NULL;
