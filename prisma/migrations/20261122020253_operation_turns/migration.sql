-- AlterTable
ALTER TABLE "operations" ADD COLUMN     "target" BYTEA,
ADD COLUMN     "turn" INTEGER;

-- CreateIndex: each turn is one operation's, so that of several that want to move the same money one is sent
CREATE UNIQUE INDEX "operations_turns" ON "operations"("account_id", "mode", "target", "turn") WHERE "target" IS NOT NULL;
