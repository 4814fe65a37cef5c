-- AlterTable
ALTER TABLE "operations" ADD COLUMN     "resolution" JSONB,
ADD COLUMN     "subject_id" UUID,
ADD COLUMN     "subject_prefix" TEXT,
ALTER COLUMN "hint" SET DATA TYPE TEXT;
