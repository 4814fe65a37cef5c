-- CreateTable
CREATE TABLE "watches" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "resource_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "looked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "watches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seen_payments" (
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "order_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_payment_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seen_payments_pkey" PRIMARY KEY ("account_id","order_id","provider_payment_id")
);

-- CreateIndex
CREATE INDEX "watches_connection_id_next_at_idx" ON "watches"("connection_id", "next_at");

-- CreateIndex
CREATE UNIQUE INDEX "watches_account_id_resource_id_kind_connection_id_key" ON "watches"("account_id", "resource_id", "kind", "connection_id");

-- Whatever is known at a provider already is watched from now on.
INSERT INTO "watches" ("id", "account_id", "mode", "kind", "resource_id", "connection_id", "provider", "next_at", "created_at")
SELECT gen_random_uuid(), "account_id", "mode", "kind", "resource_id", "connection_id", "provider", now(), now()
FROM "mappings"
JOIN (VALUES ('order', 'order'), ('order', 'payments'), ('lead', 'lead'), ('tenant', 'mandate')) AS "wanted" ("provider_resource", "kind")
  USING ("provider_resource")
ON CONFLICT DO NOTHING;
