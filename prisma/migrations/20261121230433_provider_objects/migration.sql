-- CreateTable
CREATE TABLE "provider_objects" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "provider_id" TEXT,
    "operation_id" UUID NOT NULL,
    "order_id" UUID,
    "metadata" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_objects_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "provider_objects_account_id_connection_id_kind_provider_id_idx" ON "provider_objects"("account_id", "connection_id", "kind", "provider_id");

-- CreateIndex
CREATE INDEX "provider_objects_account_id_order_id_id_idx" ON "provider_objects"("account_id", "order_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "provider_objects_account_id_operation_id_key" ON "provider_objects"("account_id", "operation_id");
