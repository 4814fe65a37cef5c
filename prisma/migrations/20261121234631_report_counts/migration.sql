-- CreateIndex
CREATE INDEX "lead_submissions_account_id_mode_completed_at_idx" ON "lead_submissions"("account_id", "mode", "completed_at");

-- CreateIndex
CREATE INDEX "leads_account_id_mode_created_at_idx" ON "leads"("account_id", "mode", "created_at");

-- CreateIndex
CREATE INDEX "leads_account_id_property_id_created_at_idx" ON "leads"("account_id", "property_id", "created_at");

-- CreateIndex
CREATE INDEX "seen_payments_account_id_mode_status_seen_at_idx" ON "seen_payments"("account_id", "mode", "status", "seen_at");
