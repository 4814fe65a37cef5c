-- AlterTable
ALTER TABLE "properties" ADD COLUMN     "branch_id" UUID,
ADD COLUMN     "lines_key" TEXT,
ADD COLUMN     "metadata" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "meters" JSONB,
ADD COLUMN     "provider_status" TEXT,
ADD COLUMN     "status" TEXT;

-- CreateTable
CREATE TABLE "voids" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "property_id" UUID,
    "tenancy_id" UUID,
    "branch_id" UUID,
    "address" JSONB,
    "start_date" DATE NOT NULL,
    "end_date" DATE,
    "premium" BOOLEAN NOT NULL,
    "property_empty" BOOLEAN,
    "notifications" BOOLEAN NOT NULL,
    "property_reference" TEXT,
    "metadata" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "voids_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "branches" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "name" TEXT,
    "reference_number" TEXT,
    "theme_color_primary" TEXT,
    "logo_url" TEXT,
    "management_fee" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "branches_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "voids_account_id_mode_id_idx" ON "voids"("account_id", "mode", "id" DESC);

-- CreateIndex
CREATE INDEX "branches_account_id_mode_id_idx" ON "branches"("account_id", "mode", "id" DESC);

-- CreateIndex
CREATE INDEX "properties_account_id_mode_lines_key_idx" ON "properties"("account_id", "mode", "lines_key");

-- CreateIndex
CREATE INDEX "properties_account_id_mode_uprn_idx" ON "properties"("account_id", "mode", "uprn");

-- CreateIndex
CREATE INDEX "tenancies_account_id_order_id_idx" ON "tenancies"("account_id", "order_id");
