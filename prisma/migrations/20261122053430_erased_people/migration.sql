-- DropIndex
DROP INDEX "tenants_account_id_mode_email_idx";

-- AlterTable
ALTER TABLE "invites" ADD COLUMN     "erased_phone" BYTEA;

-- AlterTable
ALTER TABLE "tenants" ADD COLUMN     "erased_email" BYTEA,
ADD COLUMN     "erased_phone" BYTEA;

-- CreateIndex: people are looked for by e-mail address, whichever way it is written
CREATE INDEX "tenants_by_email" ON "tenants"("account_id", "mode", lower("email"));

-- CreateIndex: whoever was erased is still recognised by the hash
CREATE INDEX "tenants_erased" ON "tenants"("account_id", "mode", "erased_email") WHERE "erased_email" IS NOT NULL;
