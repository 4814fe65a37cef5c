-- CreateTable
CREATE TABLE "contract_drifts" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "expected" TEXT,
    "found" TEXT,
    "count" INTEGER NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contract_drifts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "contract_drifts_account_id_mode_provider_id_idx" ON "contract_drifts"("account_id", "mode", "provider", "id" DESC);

-- CreateIndex
CREATE INDEX "contract_drifts_last_seen_at_idx" ON "contract_drifts"("last_seen_at");

-- CreateIndex
CREATE UNIQUE INDEX "contract_drifts_account_id_mode_provider_operation_endpoint_key" ON "contract_drifts"("account_id", "mode", "provider", "operation", "endpoint", "path", "kind");
