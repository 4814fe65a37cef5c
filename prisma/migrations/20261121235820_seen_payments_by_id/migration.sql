-- AlterTable
ALTER TABLE "seen_payments" DROP CONSTRAINT "seen_payments_pkey",
ADD COLUMN     "id" UUID NOT NULL DEFAULT gen_random_uuid(),
ADD CONSTRAINT "seen_payments_pkey" PRIMARY KEY ("id");

-- Only what was there already needs one given.
ALTER TABLE "seen_payments" ALTER COLUMN "id" DROP DEFAULT;

-- CreateIndex
CREATE UNIQUE INDEX "seen_payments_account_id_order_id_provider_payment_id_key" ON "seen_payments"("account_id", "order_id", "provider_payment_id");
